package org.kerastwin.evaluation;

import java.util.stream.IntStream;
import org.kerastwin.io.NdArray;

/**
 * The classifier's result for a set of images.
 *
 * @param features float32 {@code [n, 64]}
 * @param probabilities float32 {@code [n, 10]}; each row adds up to 1
 */
public record Classification(NdArray features, NdArray probabilities) {
  /** The number of images. */
  public int size() {
    return features.shape().get(0);
  }

  /** The most probable class of each image. */
  public int[] classes() {
    float[] p = probabilities.floats();
    int classes = probabilities.shape().get(1);
    return IntStream.range(0, size())
        .map(
            image -> {
              int best = 0;
              for (int c = 1; c < classes; c++) {
                best = p[image * classes + c] > p[image * classes + best] ? c : best;
              }
              return best;
            })
        .toArray();
  }
}
