package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EstimateTest {
  /** A few float64 operations. */
  private static final double ROUNDING = 1e-12;

  /** For a mean, the jackknife gives the standard error of the mean. */
  @Test
  void jackknifeOfTheMeanIsTheStandardError() {
    float[] values = {1, 2, 3, 6};
    // Squared differences from 3 are 4, 1, 0 and 9.
    double error = Math.sqrt(14 / 3.0 / 4);
    Estimate jackknife =
        Estimate.jackknife(
            new FeatureRows(values, 1),
            block -> block.get(0, 0),
            blocks -> blocks.stream().mapToDouble(Float::doubleValue).average().orElseThrow());
    Estimate mean = Estimate.mean(new double[] {1, 2, 3, 6});
    assertEquals(3, mean.value(), ROUNDING);
    for (Estimate estimate : new Estimate[] {jackknife, mean}) {
      assertEquals(3 - 1.96 * error, estimate.low(), ROUNDING);
      assertEquals(3 + 1.96 * error, estimate.high(), ROUNDING);
    }
  }
}
