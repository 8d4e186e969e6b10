package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ManifoldTest {
  /** On a line at 0, 1, 2, 3 and 10 the third nearest others are 3, 2, 2, 3 and 9 away. */
  private final Manifold line = new Manifold(new FeatureRows(new float[] {0, 1, 2, 3, 10}, 1));

  @Test
  void containsPointsWithinABall() {
    assertEquals(1, line.share(new FeatureRows(new float[] {-3, 6, 19}, 1)));
  }

  @Test
  void containsNothingElse() {
    assertEquals(0.25, line.share(new FeatureRows(new float[] {-3.1f, 19.1f, 40, 5}, 1)));
  }
}
