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
    return Sums.of(rows).moments();
  }

  int width() {
    return mean.length;
  }

  /** Sums over a block of rows; added up, they give the moments of several blocks. */
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

    /** The sums over all blocks except one; over all blocks if {@code left} is -1. */
    static Sums without(List<Sums> blocks, int left) {
      Sums total = new Sums(0, new double[blocks.get(0).first.length], new double[0]);
      double[] second = new double[blocks.get(0).second.length];
      long count = 0;
      for (int b = 0; b < blocks.size(); b++) {
        if (b != left) {
          count += blocks.get(b).count;
          addTo(total.first, blocks.get(b).first);
          addTo(second, blocks.get(b).second);
        }
      }
      return new Sums(count, total.first, second);
    }

    private static void addTo(double[] sum, double[] addend) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += addend[i];
      }
    }

    Moments moments() {
      int d = first.length;
      double[] mean = new double[d];
      double[] covariance = new double[d * d];
      for (int i = 0; i < d; i++) {
        mean[i] = first[i] / count;
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i * d + j] = (second[i * d + j] - count * mean[i] * mean[j]) / (count - 1);
        }
      }
      return new Moments(mean, covariance);
    }
  }
}
