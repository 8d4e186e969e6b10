package org.kerastwin.tensorboard;

import org.tensorflow.proto.HistogramProto;

/** Counts numbers in buckets of equal width between the least and the greatest. */
final class Histogram {
  private static final int BUCKETS = 50;

  private Histogram() {}

  /** The histogram of the finite numbers; empty if there are none. */
  static HistogramProto of(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        squares += (double) value * value;
        count++;
      }
    }
    HistogramProto.Builder histogram = HistogramProto.newBuilder();
    if (count == 0) {
      return histogram.build();
    }
    histogram.setMin(min).setMax(max).setNum((double) count).setSum(sum).setSumSquares(squares);
    double width = (max - min) / BUCKETS;
    if (width == 0) {
      return histogram.addBucketLimit(max).addBucket((double) count).build();
    }
    long[] counts = counts(values, min, width);
    for (int i = 0; i < BUCKETS; i++) {
      histogram
          .addBucketLimit(i == BUCKETS - 1 ? max : min + (i + 1) * width)
          .addBucket((double) counts[i]);
    }
    return histogram.build();
  }

  private static long[] counts(float[] values, double min, double width) {
    long[] counts = new long[BUCKETS];
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[Math.min(BUCKETS - 1, (int) ((value - min) / width))]++;
      }
    }
    return counts;
  }
}
