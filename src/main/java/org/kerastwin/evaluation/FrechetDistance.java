package org.kerastwin.evaluation;

/**
 * The Fréchet distance (Heusel et al., 2017) between features of two sets of images, assuming that
 * both are normally distributed: {@code |m - r|² + tr(C + R - 2 (R^½ C R^½)^½)} with the means
 * {@code m} and {@code r} and the covariances {@code C} and {@code R}.
 */
final class FrechetDistance {
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
      double difference = moments.mean()[i] - reference.mean()[i];
      distance +=
          difference * difference
              + moments.covariance()[i * d + i]
              + reference.covariance()[i * d + i];
    }
    double[] product = product(product(root, moments.covariance(), d), root, d);
    for (double eigenvalue : SymmetricEigen.of(product).values()) {
      distance -= 2 * root(eigenvalue);
    }
    return distance;
  }

  /** The distance of rows with the 95% bounds of the jackknife. */
  Estimate to(FeatureRows rows) {
    return Estimate.jackknife(rows, Moments.Sums::of, blocks -> to(Moments.of(blocks)));
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
