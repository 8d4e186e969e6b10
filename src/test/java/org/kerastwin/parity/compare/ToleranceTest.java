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
  /** A fault must stay outside by this much to be told from rounding. */
  private static final double MARGIN = 3;

  private static final double WIDEST = 10;
  private static final double FEW_ROUNDINGS = 1e-6;
  private static final double ROUNDING = 1 + 1e-9;

  /** {@code PlantedFaultsTest} plants the faults of a CPU's tolerances: they are as large. */
  @ParameterizedTest
  @EnumSource
  void theSmallestFaultStandsOut(Tolerance tolerance) {
    assertTrue(
        MARGIN * tolerance.relativeL2() <= tolerance.smallestFault() * ROUNDING, tolerance::reason);
  }

  @Test
  void onlyTheseHaveNoFaultToCatch() {
    assertEquals(
        EnumSet.of(Tolerance.EXACT, Tolerance.WEIGHTS, Tolerance.STEPS, Tolerance.GRAY),
        Arrays.stream(Tolerance.values())
            .filter(tolerance -> Double.isInfinite(tolerance.smallestFault()))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void aGpuIsAllowedMoreButNotMuch(Tolerance tolerance) {
    Tolerance onGpu = tolerance.onGpu();
    assertTrue(onGpu.relativeL2() >= tolerance.relativeL2());
    double most = Math.max(WIDEST * tolerance.relativeL2(), FEW_ROUNDINGS);
    assertTrue(onGpu.relativeL2() <= most * ROUNDING);
  }

  /**
   * But for Bessel's variance, which a GPU's tolerance for 1 % of it does not tell from rounding.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MOVING_VARIANCE")
  void aGpuHasTheSameFaultsToCatch(Tolerance tolerance) {
    assertEquals(tolerance.smallestFault(), tolerance.onGpu().smallestFault());
  }

  /** Two products and a sum, which a GPU may contract. */
  @Test
  void momentsOfAGpuMayBeRoundedOtherwise() {
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
  void aStepsTensorsHaveTheirOwn(String key, Tolerance expected) {
    assertEquals(expected, Tolerance.of("transposed", TensorKey.of(key).orElseThrow()));
  }
}
