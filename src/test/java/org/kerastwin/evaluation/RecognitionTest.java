package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecognitionTest {
  /** A few float64 operations. */
  private static final double ROUNDING = 1e-12;

  @Test
  void scoreOfSureEvenClassesIsTheirNumber() {
    assertEquals(
        4,
        Recognition.score(
                new FeatureRows(new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, 4))
            .value(),
        ROUNDING);
  }

  @Test
  void scoreOfOneClassIsOne() {
    assertEquals(
        1, Recognition.score(new FeatureRows(new float[] {1, 0, 1, 0, 1, 0}, 2)).value(), ROUNDING);
  }

  @Test
  void scoreOfUnsureImagesIsOne() {
    assertEquals(
        1,
        Recognition.score(new FeatureRows(new float[] {.5f, .5f, .5f, .5f}, 2)).value(),
        ROUNDING);
  }

  /** Within a class the pixels are (0, 0) and (2, 4): mean squares of 10; the other is all one. */
  @Test
  void diversityIsTheRmsDifferenceWithinAClass() {
    FeatureRows images = new FeatureRows(new float[] {0, 0, 2, 4, 7, 7, 7, 7}, 2);
    assertEquals(
        Math.sqrt(10) / 2, Recognition.diversity(images, new int[] {3, 3, 8, 8}, 10), ROUNDING);
  }

  @Test
  void singleImagesHaveNoDiversity() {
    FeatureRows images = new FeatureRows(new float[] {0, 0, 2, 4, 7, 7}, 2);
    assertEquals(Math.sqrt(10), Recognition.diversity(images, new int[] {3, 3, 8}, 10), ROUNDING);
  }

  @Test
  void entropyOfEightEqualClassesIsThreeBits() {
    List<Double> shares = List.of(.125, .125, .125, .125, .125, .125, .125, .125, 0.0, 0.0);
    assertEquals(3, Recognition.entropy(shares), ROUNDING);
  }
}
