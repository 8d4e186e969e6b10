package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EstimateTest {
  /** A few float64 operations. */
  private static final double ROUNDING = 1e-12;

  /** For a mean, the jackknife gives the standard error of the mean. */
  @Test
  void jackknifeOfTheMeanIsTheStandardError() {
    double[] values = {1, 2, 3, 6};
    double[] without = {11 / 3.0, 10 / 3.0, 9 / 3.0, 6 / 3.0};
    // Squared differences from 3 are 4, 1, 0 and 9.
    double error = Math.sqrt(14 / 3.0 / 4);
    Estimate jackknife = Estimate.jackknife(3, without);
    Estimate mean = Estimate.mean(values);
    assertEquals(3, mean.value(), ROUNDING);
    for (Estimate estimate : new Estimate[] {jackknife, mean}) {
      assertEquals(3 - 1.96 * error, estimate.low(), ROUNDING);
      assertEquals(3 + 1.96 * error, estimate.high(), ROUNDING);
    }
  }
}
