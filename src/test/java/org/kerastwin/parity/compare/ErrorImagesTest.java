package org.kerastwin.parity.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Images of errors. */
class ErrorImagesTest {
  private static final TensorKey LAYER = new TensorKey(Stage.LAYER, "dense");

  @Test
  void lastDimensionRunsAcross() {
    PixelMap picture = PixelMap.of(new float[] {1, 2, 3, 4, 5, 6}, List.of(1, 2, 3));
    assertEquals(3, picture.width());
    assertEquals(2, picture.height());
  }

  @Test
  void samplesAreLaidOutInASquare() {
    PixelMap picture = PixelMap.of(new float[10], List.of(100, 7));
    assertEquals(4, picture.width());
    assertEquals(3, picture.height());
  }

  @Test
  void poolsLargeTensorsByTheGreatestNeighbor() {
    float[] values = new float[300 * 256];
    values[299 * 256 + 255] = 2;
    values[0] = Float.NaN;
    PixelMap picture = PixelMap.of(values, List.of(300, 256));
    assertEquals(128, picture.width());
    assertEquals(100, picture.height());
    assertTrue(Float.isNaN(picture.values()[0]));
    assertEquals(2, picture.values()[100 * 128 - 1]);
  }

  @Test
  void errorsAreRelativeToTheGreatestExpectedValue() {
    ErrorImages pictures =
        ErrorImages.of(LAYER, List.of(3), new float[] {1, -4, 2}, new float[] {1, -4, 1});
    assertArrayEquals(new float[] {0, 0, 0.25f}, pictures.error().values());
    assertEquals(List.of(), pictures.sides());
  }
}
