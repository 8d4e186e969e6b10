package org.kerastwin.bench;

import java.util.Arrays;

/**
 * The spread of several measurements of one figure.
 *
 * @param median the middle value, or the mean of the two in the middle
 * @param least the smallest value
 * @param greatest the greatest value
 */
public record Spread(double median, double least, double greatest) {
  /**
   * The spread of values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("expected at least one value, received none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
