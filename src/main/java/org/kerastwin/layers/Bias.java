package org.kerastwin.layers;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds a bias to the channels as Keras's graphs do it: BiasAdd, but AddV2 for a single channel,
 * whose gradient adds in another order.
 */
final class Bias {
  private Bias() {}

  static Operand<TFloat32> add(Ops tf, Operand<TFloat32> x, Operand<TFloat32> bias, int channels) {
    if (channels > 1) {
      return tf.nn.biasAdd(x, bias);
    }
    int[] broadcast = new int[x.shape().numDimensions()];
    Arrays.fill(broadcast, 1);
    return tf.math.add(x, tf.reshape(bias, tf.constant(broadcast)));
  }
}
