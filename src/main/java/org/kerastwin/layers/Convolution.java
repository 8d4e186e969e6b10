package org.kerastwin.layers;

import java.util.List;
import org.tensorflow.ndarray.Shape;

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

  static List<WeightSpec> weights(Shape kernel, int filters) {
    return List.of(
        WeightSpec.trainable("kernel", kernel, Initializer.GLOROT_UNIFORM),
        WeightSpec.trainable("bias", Shape.of(filters), Initializer.ZEROS));
  }
}
