package org.kerastwin.evaluation;

import java.util.stream.IntStream;

/**
 * The kernel distance (Bińkowski et al., 2018): the unbiased estimate of the squared maximum mean
 * discrepancy with the kernel {@code (x·y / width + 1)³}. Unlike the Fréchet distance, its
 * expectation does not depend on the number of images. It may be negative near 0.
 */
final class KernelDistance {
  /** The number of blocks of rows, compared pairwise; their spread gives the bounds. */
  static final int BLOCKS = 10;

  private KernelDistance() {}

  /** The mean distance between blocks of rows and blocks of a reference. */
  static Estimate of(FeatureRows rows, FeatureRows reference) {
    return Estimate.mean(
        IntStream.range(0, BLOCKS)
            .parallel()
            .mapToDouble(
                block -> squared(rows.block(block, BLOCKS), reference.block(block, BLOCKS)))
            .toArray());
  }

  /** The estimate for two sets of at least two rows. */
  static double squared(FeatureRows x, FeatureRows y) {
    return within(x) + within(y) - 2 * between(x, y);
  }

  /** The mean kernel of two different rows of a set. */
  private static double within(FeatureRows x) {
    double sum = 0;
    for (int i = 1; i < x.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += kernel(x, i, x, j);
      }
    }
    return 2 * sum / ((double) x.size() * (x.size() - 1));
  }

  private static double between(FeatureRows x, FeatureRows y) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      for (int j = 0; j < y.size(); j++) {
        sum += kernel(x, i, y, j);
      }
    }
    return sum / ((double) x.size() * y.size());
  }

  private static double kernel(FeatureRows x, int i, FeatureRows y, int j) {
    double dot = 0;
    for (int c = 0; c < x.width(); c++) {
      dot += (double) x.get(i, c) * y.get(j, c);
    }
    double base = dot / x.width() + 1;
    return base * base * base;
  }
}
