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

/** Within the tolerance, our error from float64 may be no more than a few times that of Keras. */
class Float64ComparisonTest {
  private static final int SIZE = 16;
  private static final TensorKey KEY = TensorKey.of("gradient/discriminator/dense/kernel").get();

  /** Exact in binary, and large beside the rounding of 1. */
  private static final float KERAS_ERROR = 0x1p-18f;

  @Test
  void acceptsErrorsLikeThoseOfKeras() {
    assertTrue(comparison(4 * KERAS_ERROR).isSame());
  }

  @Test
  void rejectsMuchLargerErrorsWithinTheTolerance() {
    TensorComparison comparison = comparison(16 * KERAS_ERROR);
    assertTrue(comparison.difference().relativeL2() < comparison.tolerance().relativeL2());
    assertFalse(comparison.isSame());
    assertTrue(comparison.describe().contains("from float64"), comparison::describe);
  }

  /** The error of Keras is that of a CPU; cuDNN has other kernels. */
  @Test
  void appliesOnlyTheToleranceOnGpus() {
    TensorComparison tolerated = comparison(16 * KERAS_ERROR).onGpu();
    assertTrue(tolerated.isSame(), tolerated::describe);
    assertFalse(comparison(1024 * KERAS_ERROR).onGpu().isSame());
  }

  /** Rounding may decide the sign of the input of a LeakyReLU. */
  @Test
  void acceptsEitherSignWhereKerasDiffersFromItsFloat64() {
    float apart = 0x1p-6f;
    assertTrue(comparison(apart, apart).isSame(), "float32's");
    assertTrue(comparison(KERAS_ERROR, apart).isSame(), "float64's");
    assertTrue(comparison(KERAS_ERROR, apart).partOfTolerance() < 1);
    assertFalse(comparison(apart / 2, apart).isSame(), "neither's");
    assertFalse(comparison(apart, KERAS_ERROR).isSame(), "Keras has one side");
    assertTrue(comparison(KERAS_ERROR, apart).onGpu().isSame(), "float64's, on a GPU");
  }

  /** Rounding may decide the sign of the input of a LeakyReLU only in ours. */
  @Test
  void acceptsNoErrorAboveThatOfAKink() {
    float apart = 0x1p-6f;
    assertTrue(comparison(apart, KERAS_ERROR, apart).isSame());
    assertTrue(comparison(apart, KERAS_ERROR, apart).partOfTolerance() < 1);
    assertFalse(comparison(2 * apart, KERAS_ERROR, apart).isSame());
    assertFalse(comparison(apart, KERAS_ERROR, 0).isSame());
  }

  @Test
  void errorsAreRelativeToFloat64() {
    Float64Comparison float64 =
        Float64Comparison.of(ones(3 * KERAS_ERROR), ones(KERAS_ERROR), minus(KERAS_ERROR));
    assertEquals(3 * KERAS_ERROR, float64.ours(), 0);
    assertEquals(KERAS_ERROR, float64.keras(), 0);
  }

  /** Float64 counts at least in the upper half of every tolerance. */
  @ParameterizedTest
  @EnumSource
  void comparesErrorsNearTheToleranceWithFloat64(Tolerance tolerance) {
    assertFalse(
        new Float64Comparison(0.9 * tolerance.relativeL2() + Double.MIN_NORMAL, 0, true)
            .isAccepted(tolerance, 0));
  }

  /** Compares ones with an error each; float64 is exactly 1. */
  private static TensorComparison comparison(float error) {
    return comparison(error, KERAS_ERROR);
  }

  private static TensorComparison comparison(float error, float kerasError) {
    return comparison(error, kerasError, 0);
  }

  private static TensorComparison comparison(float error, float kerasError, double kink) {
    ExpectedTensor keras =
        new ExpectedTensor(List.of(SIZE), ones(kerasError), Optional.of(minus(kerasError)), kink);
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
