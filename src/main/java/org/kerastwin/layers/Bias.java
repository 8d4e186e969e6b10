package org.kerastwin.layers;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Adds a bias to the channels as Keras's graphs do: by BiasAdd, but by AddV2 for a single channel,
 * whose gradient adds in another order.
 */
final class Bias {
  private Bias() {}

  /** Adds the weight {@code bias} where a layer uses one. */
  static <T extends TFloating> Operand<T> add(
      Ops tf, ComputeType<T> type, Operand<T> x, Weights weights, boolean useBias, int channels) {
    return useBias ? add(tf, x, type.cast(tf, weights.get("bias")), channels) : x;
  }

  private static <T extends TFloating> Operand<T> add(
      Ops tf, Operand<T> x, Operand<T> bias, int channels) {
    if (channels > 1) {
      return tf.nn.biasAdd(x, bias);
    }
    int[] broadcast = new int[x.shape().numDimensions()];
    Arrays.fill(broadcast, 1);
    return tf.math.add(x, tf.reshape(bias, tf.constant(broadcast)));
  }
}
