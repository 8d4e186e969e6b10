package org.kerastwin.parity.stages;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.reference.NamedRandom;

/** The grid of a generator's images, written as PNG and read back as gray values. */
public final class GridStage {
  public static final String PIXELS = "pixels";
  public static final String WIDE = "wide";
  private static final int SIZE = 2;
  private static final List<Integer> WIDE_SHAPE = List.of(5, 3, 4, 1);

  private GridStage() {}

  /** The grid of a generator's first images. */
  public static NdArray pixels(NdArray images) throws IOException {
    return read(new ImageGrid(SIZE, SIZE).png(images));
  }

  /** Images that are not square, some pixels outside [-1, 1], in a grid with an empty cell. */
  public static NdArray wide(ImageGrid grid, NamedRandom draws) throws IOException {
    return read(grid.png(draws.noise("grid/images", WIDE_SHAPE)));
  }

  /** The gray values of a picture. */
  static NdArray read(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int width = picture.getWidth();
    int height = picture.getHeight();
    float[] grays =
        picture.getRaster().getSamples(0, 0, width, height, 0, new float[width * height]);
    return NdArray.ofFloats(grays, List.of(height, width));
  }
}
