package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KernelDistanceTest {
  /** Each of the ten blocks has two rows. */
  private static final int ROWS = 20;

  /** By hand: k(1, 1) + k(2, 2) - 2 k(1, 2) with k(x, y) = (x y + 1)³; all blocks are alike. */
  @Test
  void blocksOfEqualRowsHaveTheDistanceOfOneRow() {
    assertEquals(new Estimate(8 + 125 - 2 * 27, 79, 79), KernelDistance.of(rows(1), rows(2)));
  }

  private static FeatureRows rows(float value) {
    float[] values = new float[ROWS];
    Arrays.fill(values, value);
    return new FeatureRows(values, 1);
  }
}
