package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The affine map of a batch normalization, {@code y = x * inverse + (beta - mean * inverse)}, in
 * Keras's sequence of ops.
 *
 * @param tf where the ops go
 * @param weights the layer's
 * @param epsilon added to the variance
 */
record Normalization(Ops tf, Weights weights, double epsilon) {
  /**
   * The result of the map, with the values that its gradient needs.
   *
   * @param output y, of the input's shape
   * @param mean {@code [channels]}
   * @param rsqrt {@code 1 / sqrt(variance + epsilon)}, {@code [channels]}
   * @param inverse {@code rsqrt * gamma}, {@code [channels]}
   */
  record Result(
      Operand<TFloat32> output,
      Operand<TFloat32> mean,
      Operand<TFloat32> rsqrt,
      Operand<TFloat32> inverse) {}

  Result normalize(Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> variance) {
    Operand<TFloat32> rsqrt = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    Operand<TFloat32> inverse = tf.math.mul(rsqrt, weights.get("gamma"));
    Operand<TFloat32> offset = tf.math.sub(weights.get("beta"), tf.math.mul(mean, inverse));
    return new Result(tf.math.add(tf.math.mul(x, inverse), offset), mean, rsqrt, inverse);
  }
}
