package org.kerastwin.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The region covered by rows of features: a ball around each row, with the distance to its third
 * nearest neighbor as radius (Kynkäänniemi et al., 2019). Precision is the fraction of generated
 * images in the manifold of real ones; recall is the fraction of real images in the manifold of
 * generated ones.
 */
final class Manifold {
  private static final int NEIGHBORS = 3;

  private final FeatureRows rows;
  private final float[] columns;
  private final float[] squaredRadii;

  /** The manifold of more than {@value #NEIGHBORS} rows. */
  Manifold(FeatureRows rows) {
    this.rows = rows;
    this.columns = rows.transposed();
    this.squaredRadii = new float[rows.size()];
    IntStream.range(0, rows.size())
        .parallel()
        .forEach(
            row -> {
              float[] distances = squaredDistances(rows, row);
              // The row itself comes first, at distance 0.
              Arrays.sort(distances);
              squaredRadii[row] = distances[NEIGHBORS];
            });
  }

  /** The fraction of other rows in the manifold. */
  double share(FeatureRows others) {
    long within =
        IntStream.range(0, others.size()).parallel().filter(row -> contains(others, row)).count();
    return (double) within / others.size();
  }

  private boolean contains(FeatureRows others, int row) {
    float[] distances = squaredDistances(others, row);
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] <= squaredRadii[i]) {
        return true;
      }
    }
    return false;
  }

  private float[] squaredDistances(FeatureRows from, int row) {
    int n = rows.size();
    float[] distances = new float[n];
    for (int c = 0; c < rows.width(); c++) {
      float x = from.get(row, c);
      int column = c * n;
      for (int i = 0; i < n; i++) {
        float difference = columns[column + i] - x;
        distances[i] += difference * difference;
      }
    }
    return distances;
  }
}
