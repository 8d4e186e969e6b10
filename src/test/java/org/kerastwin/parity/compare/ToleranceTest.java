package org.kerastwin.parity.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ToleranceTest {
  /** The smallest fault must exceed its tolerance by this factor. */
  private static final double MARGIN = 3;

  private static final double WIDEST = 10;
  private static final double FEW_ROUNDINGS = 1e-6;
  private static final double ROUNDING = 1 + 1e-9;

  /** {@code PlantedFaultsTest} measures the effects of the faults. */
  @ParameterizedTest
  @EnumSource
  void isAtMostAThirdOfTheSmallestFault(Tolerance tolerance) {
    assertTrue(
        MARGIN * tolerance.relativeL2() <= tolerance.smallestFault() * ROUNDING, tolerance::reason);
  }

  @Test
  void onlyNamedTolerancesHaveNoFault() {
    assertEquals(
        EnumSet.of(
            Tolerance.EXACT,
            Tolerance.WEIGHTS,
            Tolerance.STEPS,
            Tolerance.TRAINED_GRAY,
            Tolerance.BFLOAT16_GRADIENT,
            Tolerance.BFLOAT16_LOSSES,
            Tolerance.BFLOAT16_STEP_LOSSES,
            Tolerance.BFLOAT16_GRAY),
        Arrays.stream(Tolerance.values())
            .filter(tolerance -> Double.isInfinite(tolerance.smallestFault()))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void gpuTolerancesAreAtMostTenTimesAsLarge(Tolerance tolerance) {
    Tolerance onGpu = tolerance.onGpu();
    assertTrue(onGpu.relativeL2() >= tolerance.relativeL2());
    double most = Math.max(WIDEST * tolerance.relativeL2(), FEW_ROUNDINGS);
    assertTrue(onGpu.relativeL2() <= most * ROUNDING);
  }

  /** Except for Bessel's correction: 1 % of it is within rounding on a GPU. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MOVING_VARIANCE")
  void gpuTolerancesCatchTheSameFaults(Tolerance tolerance) {
    assertEquals(tolerance.smallestFault(), tolerance.onGpu().smallestFault());
  }

  /** A GPU may contract two products and a sum. */
  @Test
  void momentsMayRoundDifferentlyOnAGpu() {
    assertEquals(0, Tolerance.MOMENTS.relativeL2());
    assertTrue(Tolerance.MOMENTS.onGpu().relativeL2() > 2 * Math.ulp(1f));
  }

  @ParameterizedTest
  @CsvSource({
    "adam/1000/velocity, MOMENTS",
    "adam/1/update, ADAM",
    "trajectory/1/losses, FIRST_LOSSES",
    "trajectory/2/losses, STEP_LOSSES",
    "trajectory/1/generator/dense/kernel, FIRST_STEP",
    "trajectory/1/optimizer/generator/dense/kernel/velocity, GENERATOR_GRADIENT",
    "trajectory/1/optimizer/discriminator/dense/kernel/momentum, DISCRIMINATOR_GRADIENT",
    "trajectory/3/optimizer/generator/dense/kernel/velocity, STEPS"
  })
  void stepTensorsHaveTheirOwnTolerances(String key, Tolerance expected) {
    assertEquals(expected, StageTolerances.of("transposed", TensorKey.of(key).orElseThrow()));
  }
}
