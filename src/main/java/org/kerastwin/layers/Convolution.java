package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;

/** What the two convolutions share: checks, strides and SAME padding. */
final class Convolution {
  static final String SAME = "SAME";

  private Convolution() {}

  static void requirePositive(int filters, int kernelSize, int strides) {
    ArgumentException.requirePositive("filters", filters);
    ArgumentException.requirePositive("kernelSize", kernelSize);
    ArgumentException.requirePositive("strides", strides);
  }

  /**
   * Strides by dimension, as TensorFlow wants them for {@code [batch, height, width, channels]}.
   */
  static List<Long> strides(int strides) {
    return List.of(1L, (long) strides, (long) strides, 1L);
  }

  static List<WeightSpec> weights(int filters, long... kernel) {
    return List.of(
        WeightSpec.trainable("kernel", Initializer.GLOROT_UNIFORM, kernel),
        WeightSpec.trainable("bias", Initializer.ZEROS, filters));
  }
}
