package org.kerastwin.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The region that rows of features cover: balls around all of them, each as large as the distance
 * to the third nearest other row (Kynkäänniemi et al., 2019). The share of generated images within
 * that of real ones is the precision, the share of real images within that of generated ones the
 * recall.
 */
final class Manifold {
  private static final int NEIGHBOURS = 3;

  private final FeatureRows rows;
  private final float[] columns;
  private final float[] squaredRadii;

  /** Of more than {@value #NEIGHBOURS} rows. */
  Manifold(FeatureRows rows) {
    this.rows = rows;
    this.columns = rows.transposed();
    this.squaredRadii = new float[rows.size()];
    IntStream.range(0, rows.size())
        .parallel()
        .forEach(
            row -> {
              float[] distances = squaredDistances(rows, row);
              // The row itself is the first, at no distance.
              Arrays.sort(distances);
              squaredRadii[row] = distances[NEIGHBOURS];
            });
  }

  /** The share of other rows that lie within it. */
  double share(FeatureRows others) {
    long within =
        IntStream.range(0, others.size()).parallel().filter(row -> holds(others, row)).count();
    return (double) within / others.size();
  }

  private boolean holds(FeatureRows others, int row) {
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
        float apart = columns[column + i] - x;
        distances[i] += apart * apart;
      }
    }
    return distances;
  }
}
