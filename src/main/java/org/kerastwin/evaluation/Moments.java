package org.kerastwin.evaluation;

import java.util.List;

/**
 * Mean and covariance of rows of features.
 *
 * @param mean {@code [width]}
 * @param covariance {@code [width, width]}, row-major; the sample covariance, divided by n - 1
 */
@SuppressWarnings("ArrayRecordComponent")
record Moments(double[] mean, double[] covariance) {
  /** The moments of at least two rows. */
  static Moments of(FeatureRows rows) {
    return of(List.of(Sums.of(rows)));
  }

  /** The moments of all rows in some blocks. */
  static Moments of(List<Sums> blocks) {
    int d = blocks.get(0).first.length;
    long count = 0;
    double[] mean = new double[d];
    double[] covariance = new double[d * d];
    for (Sums block : blocks) {
      count += block.count;
      addTo(mean, block.first);
      addTo(covariance, block.second);
    }
    for (int i = 0; i < d; i++) {
      mean[i] /= count;
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        covariance[i * d + j] = (covariance[i * d + j] - count * mean[i] * mean[j]) / (count - 1);
      }
    }
    return new Moments(mean, covariance);
  }

  private static void addTo(double[] sum, double[] addend) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += addend[i];
    }
  }

  int width() {
    return mean.length;
  }

  /**
   * Sums over a block of rows.
   *
   * @param count the number of rows
   * @param first the sum of the rows, {@code [width]}
   * @param second the sum of the products of two features, {@code [width, width]}
   */
  record Sums(long count, double[] first, double[] second) {
    static Sums of(FeatureRows rows) {
      int d = rows.width();
      double[] first = new double[d];
      double[] second = new double[d * d];
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < d; i++) {
          double x = rows.get(row, i);
          first[i] += x;
          for (int j = 0; j < d; j++) {
            second[i * d + j] += x * rows.get(row, j);
          }
        }
      }
      return new Sums(rows.size(), first, second);
    }
  }
}
