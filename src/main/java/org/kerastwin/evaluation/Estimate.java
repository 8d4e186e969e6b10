package org.kerastwin.evaluation;

import java.util.Arrays;

/**
 * A figure with the bounds within which it lies with 95% confidence, as far as that depends on
 * which images were drawn.
 *
 * @param value the figure
 * @param low the lower bound
 * @param high the upper bound
 */
public record Estimate(double value, double low, double high) {
  /** Standard errors of a normal distribution that 95% lie within. */
  private static final double ERRORS = 1.96;

  /**
   * By the jackknife (Quenouille, 1956; Tukey, 1958), which suits figures of any form.
   *
   * @param value the figure of all images
   * @param without the figures of all images but one block, a block each
   */
  static Estimate jackknife(double value, double[] without) {
    int n = without.length;
    return within(value, Math.sqrt(squares(without) * (n - 1) / n));
  }

  /**
   * The mean of independent figures.
   *
   * @param blocks the figure of each block, two at least
   */
  static Estimate mean(double[] blocks) {
    int n = blocks.length;
    return within(
        Arrays.stream(blocks).average().orElseThrow(), Math.sqrt(squares(blocks) / (n - 1) / n));
  }

  private static Estimate within(double value, double error) {
    return new Estimate(value, value - ERRORS * error, value + ERRORS * error);
  }

  /** The sum of squared differences from the mean. */
  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}
