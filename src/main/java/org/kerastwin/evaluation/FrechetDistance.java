package org.kerastwin.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The Fréchet distance (Heusel et al., 2017) between features of two sets of images, assuming that
 * both are normally distributed: {@code |m - r|² + tr(C + R - 2 (R^½ C R^½)^½)} with the means
 * {@code m} and {@code r} and the covariances {@code C} and {@code R}.
 */
final class FrechetDistance {
  /** The number of jackknife blocks. */
  static final int BLOCKS = 20;

  private final Moments reference;
  private final double[] root;

  FrechetDistance(Moments reference) {
    this.reference = reference;
    this.root = SymmetricEigen.of(reference.covariance()).map(FrechetDistance::root);
  }

  /** Rounding can make an eigenvalue of 0 slightly negative. */
  private static double root(double eigenvalue) {
    return Math.sqrt(Math.max(0, eigenvalue));
  }

  double to(Moments moments) {
    int d = reference.width();
    double distance = 0;
    for (int i = 0; i < d; i++) {
      double apart = moments.mean()[i] - reference.mean()[i];
      distance +=
          apart * apart + moments.covariance()[i * d + i] + reference.covariance()[i * d + i];
    }
    double[] product = product(product(root, moments.covariance(), d), root, d);
    for (double eigenvalue : SymmetricEigen.of(product).values()) {
      distance -= 2 * root(eigenvalue);
    }
    return distance;
  }

  /** The distance of rows with the 95% bounds of the jackknife over {@value #BLOCKS} blocks. */
  Estimate to(FeatureRows rows) {
    List<Moments.Sums> sums =
        IntStream.range(0, BLOCKS)
            .mapToObj(block -> Moments.Sums.of(rows.block(block, BLOCKS)))
            .toList();
    return Estimate.jackknife(
        to(Moments.Sums.without(sums, -1).moments()),
        IntStream.range(0, BLOCKS)
            .mapToDouble(block -> to(Moments.Sums.without(sums, block).moments()))
            .toArray());
  }

  private static double[] product(double[] a, double[] b, int d) {
    double[] result = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < d; k++) {
        for (int j = 0; j < d; j++) {
          result[i * d + j] += a[i * d + k] * b[k * d + j];
        }
      }
    }
    return result;
  }
}
