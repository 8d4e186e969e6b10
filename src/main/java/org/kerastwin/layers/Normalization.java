package org.kerastwin.layers;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.RsqrtGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The affine map of a batch normalization, {@code y = x * inverse + (beta - mean * inverse)}, and
 * its gradient, in Keras's sequence of ops.
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
      Operand<TFloat32> inverse) {
    /**
     * The gradients, in Keras's order of additions. Autodiff does not keep it: grappler sorts the
     * addends of its graph and turns the division by N into a multiplication by the rounded 1 / N.
     *
     * @param x the input, normalized by its own mean and variance
     */
    LayerResult.Gradients gradients(
        Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x, Operand<TFloat32> gamma) {
      Operand<TInt32> axes = tf.constant(axes(x));
      Operand<TFloat32> dBeta = tf.reduceSum(dy, axes);
      Operand<TFloat32> minusDBeta = tf.math.neg(dBeta);
      Operand<TFloat32> dInverse =
          tf.math.add(tf.reduceSum(tf.math.mul(x, dy), axes), tf.math.mul(minusDBeta, mean));
      Operand<TFloat32> dGamma = tf.math.mul(dInverse, rsqrt);
      Operand<TFloat32> dMean = tf.math.mul(minusDBeta, inverse);
      Operand<TFloat32> dVariance =
          RsqrtGrad.create(tf.scope(), rsqrt, tf.math.mul(dInverse, gamma));

      float perElement = 1f / elements(x);
      // Without these shapes constant folding would multiply the factors first.
      Operand<TInt32> broadcast = tf.constant(broadcast(x));
      Operand<TFloat32> fromVariance =
          tf.math.mul(
              tf.math.mul(tf.reshape(dVariance, broadcast), tf.constant(2 * perElement)),
              tf.math.sub(x, mean));
      Operand<TFloat32> fromMean =
          tf.math.mul(tf.reshape(dMean, broadcast), tf.constant(perElement));
      Operand<TFloat32> dx =
          tf.math.add(tf.math.add(tf.math.mul(dy, inverse), fromVariance), fromMean);
      return new LayerResult.Gradients(
          dx, Map.of(BatchNormalization.GAMMA, dGamma, BatchNormalization.BETA, dBeta));
    }
  }

  Result normalize(Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> variance) {
    Operand<TFloat32> rsqrt = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    Operand<TFloat32> inverse = tf.math.mul(rsqrt, weights.get(BatchNormalization.GAMMA));
    Operand<TFloat32> offset =
        tf.math.sub(weights.get(BatchNormalization.BETA), tf.math.mul(mean, inverse));
    return new Result(tf.math.add(tf.math.mul(x, inverse), offset), mean, rsqrt, inverse);
  }

  /** All axes but the last. */
  static int[] axes(Operand<TFloat32> x) {
    return IntStream.range(0, x.shape().numDimensions() - 1).toArray();
  }

  /** The number of elements that share a mean. */
  static float elements(Operand<TFloat32> x) {
    return x.shape().take(x.shape().numDimensions() - 1).size();
  }

  /** The shape that broadcasts a vector of the channels over x. */
  private static int[] broadcast(Operand<TFloat32> x) {
    int[] shape = new int[x.shape().numDimensions()];
    Arrays.fill(shape, 1);
    shape[shape.length - 1] = (int) x.shape().get(shape.length - 1);
    return shape;
  }
}
