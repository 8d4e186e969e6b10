package org.kerastwin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.io.NdArray;

final class SampleDiversityTest {
  private static final ImageGrid GRID = new ImageGrid(2, 1);
  private static final double ROUNDING = 1e-12;

  private static double diversity(float... pixels) throws IOException {
    NdArray images = NdArray.ofFloats(pixels, List.of(2, 1, 2, 1));
    return SampleDiversity.of(ImageIO.read(new ByteArrayInputStream(GRID.png(images))), GRID);
  }

  @Test
  void equalImagesHaveNoDiversity() throws IOException {
    assertEquals(0, diversity(-1, 0.5f, -1, 0.5f));
  }

  /** By hand: one of two pixels is black in one image and white in the other, hence 1/2 and 0. */
  @Test
  void isTheMeanDeviationOfThePixels() throws IOException {
    assertEquals(0.25, diversity(-1, 0.5f, 1, 0.5f), ROUNDING);
  }
}
