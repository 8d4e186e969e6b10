package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keras in float64 as the judge: within a tolerance, ours may not be far worse than Keras. */
class JudgementTest {
  private static final int SIZE = 16;
  private static final TensorKey KEY = TensorKey.of("gradient/discriminator/dense/kernel").get();

  /** Exact in binary, and large beside the rounding of 1. */
  private static final float KERAS_ERROR = 0x1p-18f;

  @Test
  void anErrorLikeKerassOwnIsAccepted() {
    assertTrue(verdict(4 * KERAS_ERROR).isSame());
  }

  @Test
  void aMuchLargerErrorIsRefusedThoughItIsTolerated() {
    Verdict verdict = verdict(16 * KERAS_ERROR);
    assertTrue(verdict.difference().relativeL2() < verdict.tolerance().relativeL2());
    assertFalse(verdict.isSame());
    assertTrue(verdict.describe().contains("from float64"), verdict::describe);
  }

  @Test
  void errorsAreRelativeToTheTruth() {
    Judgement judgement = Judgement.of(ones(3 * KERAS_ERROR), ones(KERAS_ERROR), minus());
    assertEquals(3 * KERAS_ERROR, judgement.ours(), 0);
    assertEquals(KERAS_ERROR, judgement.keras(), 0);
  }

  /** However small a tolerance is, the judge has a word in its upper half. */
  @ParameterizedTest
  @EnumSource
  void whatIsNearlyTheToleranceIsJudged(Tolerance tolerance) {
    assertFalse(
        new Judgement(0.9 * tolerance.relativeL2() + Double.MIN_NORMAL, 0).isAsGood(tolerance));
  }

  /** Of ones that are the truth, Keras's and ours with an error each. */
  private static Verdict verdict(float error) {
    Reference.Tensor keras =
        new Reference.Tensor(List.of(SIZE), ones(KERAS_ERROR), Optional.of(minus()));
    return Verdict.of("discriminator", KEY, ones(error), keras);
  }

  private static float[] ones(float error) {
    float[] values = new float[SIZE];
    Arrays.fill(values, 1 + error);
    return values;
  }

  private static float[] minus() {
    float[] values = new float[SIZE];
    Arrays.fill(values, -KERAS_ERROR);
    return values;
  }
}
