package org.kerastwin.parity.compare;

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
class Float64ComparisonTest {
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
    TensorComparison verdict = verdict(16 * KERAS_ERROR);
    assertTrue(verdict.difference().relativeL2() < verdict.tolerance().relativeL2());
    assertFalse(verdict.isSame());
    assertTrue(verdict.describe().contains("from float64"), verdict::describe);
  }

  /** Keras's error is a CPU's; the kernels of cuDNN have others. */
  @Test
  void onAGpuTheToleranceAloneDecides() {
    TensorComparison tolerated = verdict(16 * KERAS_ERROR).onGpu();
    assertTrue(tolerated.isSame(), tolerated::describe);
    assertFalse(verdict(1024 * KERAS_ERROR).onGpu().isSame());
  }

  /** Rounding may decide on which side of 0 the input of a LeakyReLU lies. */
  @Test
  void whereKerassTypesPartOursMayHaveEithersSide() {
    float apart = 0x1p-6f;
    assertTrue(verdict(apart, apart).isSame(), "float32's");
    assertTrue(verdict(KERAS_ERROR, apart).isSame(), "float64's");
    assertTrue(verdict(KERAS_ERROR, apart).partOfTolerance() < 1);
    assertFalse(verdict(apart / 2, apart).isSame(), "neither's");
    assertFalse(verdict(apart, KERAS_ERROR).isSame(), "Keras has one side");
    assertTrue(verdict(KERAS_ERROR, apart).onGpu().isSame(), "float64's, on a GPU");
  }

  @Test
  void errorsAreRelativeToTheTruth() {
    Float64Comparison judgement =
        Float64Comparison.of(ones(3 * KERAS_ERROR), ones(KERAS_ERROR), minus(KERAS_ERROR));
    assertEquals(3 * KERAS_ERROR, judgement.ours(), 0);
    assertEquals(KERAS_ERROR, judgement.keras(), 0);
  }

  /** However small a tolerance is, the judge has a word in its upper half. */
  @ParameterizedTest
  @EnumSource
  void whatIsNearlyTheToleranceIsJudged(Tolerance tolerance) {
    assertFalse(
        new Float64Comparison(0.9 * tolerance.relativeL2() + Double.MIN_NORMAL, 0, true)
            .isAsGood(tolerance));
  }

  /** Of ones that are the truth, Keras's and ours with an error each. */
  private static TensorComparison verdict(float error) {
    return verdict(error, KERAS_ERROR);
  }

  private static TensorComparison verdict(float error, float kerasError) {
    ExpectedTensor keras =
        new ExpectedTensor(List.of(SIZE), ones(kerasError), Optional.of(minus(kerasError)));
    return TensorComparison.of("discriminator", KEY, ones(error), keras);
  }

  private static float[] ones(float error) {
    float[] values = new float[SIZE];
    Arrays.fill(values, 1 + error);
    return values;
  }

  private static float[] minus(float error) {
    float[] values = new float[SIZE];
    Arrays.fill(values, -error);
    return values;
  }
}
