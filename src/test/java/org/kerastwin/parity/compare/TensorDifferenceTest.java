package org.kerastwin.parity.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The error measures, compared with hand-computed values. */
class TensorDifferenceTest {
  /** The measures are computed in double. */
  private static final double ROUNDING = 1e-12;

  @Test
  void measuresAKnownDifference() {
    TensorDifference found = TensorDifference.between(new float[] {3, 4, 1}, new float[] {3, 4, 0});
    assertEquals(1, found.maxAbsolute());
    assertEquals(2, found.worstIndex());
    assertEquals(0.2, found.relativeL2(), ROUNDING);
    assertEquals(25 / (5 * Math.sqrt(26)), found.cosine(), ROUNDING);
    assertEquals(0, found.ulpMedian());
    assertFalse(found.bitEqual());
  }

  @Test
  void neighborsAreOneUlpApart() {
    float[] ours = {1, -1, 0f, Float.MIN_VALUE};
    float[] next = {Math.nextUp(1f), Math.nextDown(-1f), Float.MIN_VALUE, 0f};
    TensorDifference found = TensorDifference.between(ours, next);
    assertEquals(1, found.ulpMedian());
    assertEquals(1, found.ulp99());
  }

  @Test
  void ulpsCountAcrossZero() {
    float[] ours = {-Float.MIN_VALUE};
    assertEquals(2, TensorDifference.between(ours, new float[] {Float.MIN_VALUE}).ulp99());
  }

  @Test
  void zerosOfBothSignsAreEqualButNotBitIdentical() {
    TensorDifference found = TensorDifference.between(new float[] {0f}, new float[] {-0f});
    assertEquals(0, found.relativeL2());
    assertEquals(0, found.ulp99());
    assertFalse(found.bitEqual());
  }

  @Test
  void nanIsTheWorstAndNeverFinite() {
    float[] values = {9, Float.NaN, 1};
    TensorDifference found = TensorDifference.between(values, values);
    assertTrue(found.bitEqual());
    assertFalse(found.finite());
    assertEquals(1, found.worstIndex());
  }
}
