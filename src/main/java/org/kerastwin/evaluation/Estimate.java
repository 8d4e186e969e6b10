package org.kerastwin.evaluation;

import java.util.Arrays;

/**
 * A figure with its 95% confidence interval with respect to the choice of images.
 *
 * @param value the figure
 * @param low the lower bound
 * @param high the upper bound
 */
public record Estimate(double value, double low, double high) {
  /** 95% of a normal distribution lie within this many standard errors. */
  private static final double ERRORS = 1.96;

  /**
   * The jackknife estimate (Quenouille, 1956; Tukey, 1958), which works for any figure.
   *
   * @param value the figure of all images
   * @param without for each block, the figure of all other images
   */
  static Estimate jackknife(double value, double[] without) {
    int n = without.length;
    return within(value, Math.sqrt(squares(without) * (n - 1) / n));
  }

  /**
   * The mean of independent figures.
   *
   * @param blocks the figure of each block, at least two
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
