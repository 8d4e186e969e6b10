package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
  /** Some float64 operations on numbers up to 25. */
  private static final double ROUNDING = 1e-12;

  @Test
  void sumsDimensionsOfDiagonalCovariances() {
    Moments a = new Moments(new double[] {0, 0}, new double[] {4, 0, 0, 9});
    Moments b = new Moments(new double[] {3, 4}, new double[] {1, 0, 0, 25});
    // |m|² + (2 - 1)² + (3 - 5)²
    assertEquals(25 + 1 + 4, new FrechetDistance(a).to(b), ROUNDING);
  }

  @Test
  void isZeroForEqualMoments() {
    Moments a = new Moments(new double[] {1, 2}, new double[] {2, 1, 1, 2});
    assertEquals(0, new FrechetDistance(a).to(a), ROUNDING);
  }

  /** With a = [[2, 1], [1, 2]] of eigenvalues 3 and 1, and the unit matrix, which commute. */
  @Test
  void measuresCorrelations() {
    Moments a = new Moments(new double[2], new double[] {2, 1, 1, 2});
    Moments unit = new Moments(new double[2], new double[] {1, 0, 0, 1});
    double expected = Math.pow(Math.sqrt(3) - 1, 2);
    assertEquals(expected, new FrechetDistance(a).to(unit), ROUNDING);
    assertEquals(expected, new FrechetDistance(unit).to(a), ROUNDING);
  }

  /** A constant feature, for instance of a dead unit. */
  @Test
  void acceptsSingularCovariances() {
    Moments a = new Moments(new double[2], new double[] {4, 0, 0, 0});
    Moments b = new Moments(new double[2], new double[] {9, 0, 0, 0});
    assertEquals(1, new FrechetDistance(a).to(b), ROUNDING);
  }

  @Test
  void momentsAreSampleMoments() {
    Moments moments = Moments.of(new FeatureRows(new float[] {1, 2, 3, 6}, 2));
    assertEquals(2, moments.mean()[0]);
    assertEquals(4, moments.mean()[1]);
    // Differences of (-1, -2) and (1, 2), divided by 1.
    assertEquals(2, moments.covariance()[0]);
    assertEquals(4, moments.covariance()[1]);
    assertEquals(8, moments.covariance()[3]);
  }
}
