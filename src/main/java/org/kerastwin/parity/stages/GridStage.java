package org.kerastwin.parity.stages;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.kerastwin.io.NdArray;
import org.kerastwin.report.ImageGrid;

/** The grid of a generator's images, written as PNG and read back as gray values. */
public final class GridStage {
  public static final String PIXELS = "pixels";
  private static final int SIZE = 2;

  private GridStage() {}

  public static NdArray pixels(NdArray images) throws IOException {
    byte[] png = new ImageGrid(SIZE, SIZE).png(images);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int width = picture.getWidth();
    int height = picture.getHeight();
    float[] grays =
        picture.getRaster().getSamples(0, 0, width, height, 0, new float[width * height]);
    return NdArray.ofFloats(grays, List.of(height, width));
  }
}
