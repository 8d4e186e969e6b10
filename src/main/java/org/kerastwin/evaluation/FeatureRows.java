package org.kerastwin.evaluation;

import java.util.Objects;
import java.util.stream.IntStream;
import org.kerastwin.io.NdArray;

/**
 * Rows of numbers, each of which describes an image. Arrays are not copied.
 *
 * @param values row-major, {@code [size, width]}
 * @param width numbers in a row
 */
@SuppressWarnings("ArrayRecordComponent")
record FeatureRows(float[] values, int width) {
  /** Float32 {@code [n, …]}, a row an image. */
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

  /** The rows from one index up to another, which is not included. */
  FeatureRows range(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    float[] copy = new float[(to - from) * width];
    System.arraycopy(values, from * width, copy, 0, copy.length);
    return new FeatureRows(copy, width);
  }

  /** At most so many rows from the start. */
  FeatureRows first(int most) {
    return size() <= most ? this : range(0, most);
  }

  /** One of a number of blocks of about the same size, which together are all rows. */
  FeatureRows block(int index, int blocks) {
    return range(blockStart(index, blocks), blockStart(index + 1, blocks));
  }

  private int blockStart(int index, int blocks) {
    return Math.toIntExact((long) size() * index / blocks);
  }

  /** Column by column, so that loops over rows read memory in order. */
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
