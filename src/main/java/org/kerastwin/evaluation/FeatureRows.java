package org.kerastwin.evaluation;

import java.util.stream.IntStream;
import org.kerastwin.io.NdArray;

/**
 * Rows of numbers; each row describes an image. Arrays are not copied.
 *
 * @param values row-major, {@code [size, width]}
 * @param width numbers in a row
 */
@SuppressWarnings("ArrayRecordComponent")
record FeatureRows(float[] values, int width) {
  /** The rows of an array, float32 {@code [n, …]}. */
  static FeatureRows of(NdArray array) {
    float[] values = array.floats();
    return new FeatureRows(values, values.length / Math.max(1, array.shape().get(0)));
  }

  int size() {
    return values.length / width;
  }

  float get(int row, int column) {
    return values[row * width + column];
  }

  /** The rows of these indices. */
  FeatureRows select(IntStream indices) {
    int[] selected = indices.toArray();
    float[] copy = new float[selected.length * width];
    for (int i = 0; i < selected.length; i++) {
      System.arraycopy(values, selected[i] * width, copy, i * width, width);
    }
    return new FeatureRows(copy, width);
  }

  /** At most {@code most} rows, evenly spaced. */
  FeatureRows sample(int most) {
    int n = Math.min(most, size());
    return select(IntStream.range(0, n).map(i -> Math.toIntExact((long) i * size() / n)));
  }

  /**
   * One of a number of blocks that together hold all rows. A block takes every {@code blocks}-th
   * row, so that blocks of a sorted data set are alike.
   */
  FeatureRows block(int index, int blocks) {
    return select(IntStream.iterate(index, i -> i < size(), i -> i + blocks));
  }

  /** The numbers column by column, so that loops over rows read memory in order. */
  float[] transposed() {
    int n = size();
    float[] columns = new float[values.length];
    IntStream.range(0, n)
        .forEach(
            row -> {
              for (int c = 0; c < width; c++) {
                columns[c * n + row] = values[row * width + c];
              }
            });
    return columns;
  }
}
