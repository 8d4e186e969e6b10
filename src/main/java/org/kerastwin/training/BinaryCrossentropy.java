package org.kerastwin.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Binary cross-entropy with one label for the whole batch. It is computed from the logits, without
 * clipping, as in Keras when the last layer is a sigmoid; else from clipped probabilities. Keras:
 * {@code backend/tensorflow/nn.py}, {@code binary_crossentropy}.
 *
 * @param loss the mean over the batch as a scalar, as {@code train_on_batch} returns it
 * @param input the logits or probabilities, {@code [batch, 1]}
 * @param gradient the gradient of the loss with respect to the input, {@code [batch, 1]}
 */
public record BinaryCrossentropy(
    Operand<TFloat32> loss, Operand<TFloat32> input, Operand<TFloat32> gradient) {
  /** Keras's {@code backend.epsilon()}. */
  private static final double EPSILON = 1e-7;

  /**
   * Adds the loss and its gradient to a graph.
   *
   * @param x the logits, {@code [batch, 1]} of static size
   * @param label the label of every sample, in [0, 1]
   * @throws IllegalArgumentException if the batch size is not static, since the mean divides by it
   */
  public static BinaryCrossentropy of(Ops tf, Operand<TFloat32> x, double label) {
    float batch = batch(x);
    Operand<TFloat32> y = tf.constant((float) label);
    Operand<TBool> positive = tf.math.greaterEqual(x, tf.constant(0f));
    Operand<TFloat32> minusAbsolute = tf.select(positive, tf.math.neg(x), x);
    Operand<TFloat32> exp = tf.math.exp(minusAbsolute);
    return new BinaryCrossentropy(
        loss(tf, x, y, positive, exp, batch), x, dLogits(tf, y, positive, exp, batch));
  }

  /**
   * The same for probabilities, which are clipped away from 0 and 1.
   *
   * @param p the probabilities, {@code [batch, 1]} of static size
   * @param label the label of every sample, in [0, 1]
   * @throws IllegalArgumentException if the batch size is not static
   */
  public static BinaryCrossentropy ofProbabilities(Ops tf, Operand<TFloat32> p, double label) {
    float batch = batch(p);
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> y = tf.constant((float) label);
    Operand<TFloat32> notY = tf.math.sub(one, y);
    Operand<TFloat32> least = tf.constant((float) EPSILON);
    Operand<TFloat32> most = tf.constant((float) (1 - EPSILON));
    Operand<TFloat32> belowMost = tf.math.minimum(p, most);
    Operand<TFloat32> clipped = tf.math.maximum(belowMost, least);
    Operand<TFloat32> notClipped = tf.math.sub(one, clipped);
    Operand<TFloat32> perSample =
        tf.math.neg(
            tf.math.add(
                tf.math.mul(y, tf.math.log(clipped)), tf.math.mul(notY, tf.math.log(notClipped))));
    Operand<TFloat32> t = tf.constant(-1 / batch);
    Operand<TFloat32> dClipped =
        tf.math.sub(
            tf.math.mul(tf.math.mul(t, y), tf.math.reciprocal(clipped)),
            tf.math.mul(tf.math.mul(t, notY), tf.math.reciprocal(notClipped)));
    Operand<TBool> inside =
        tf.math.logicalAnd(tf.math.lessEqual(p, most), tf.math.greaterEqual(belowMost, least));
    return new BinaryCrossentropy(
        mean(tf, perSample, batch), p, tf.select(inside, dClipped, tf.zerosLike(dClipped)));
  }

  private static float batch(Operand<TFloat32> output) {
    long batch = output.shape().get(0);
    if (batch < 1) {
      throw new IllegalArgumentException("expected a static batch, received " + output.shape());
    }
    return batch;
  }

  private static Operand<TFloat32> loss(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> y,
      Operand<TBool> positive,
      Operand<TFloat32> exp,
      float batch) {
    Operand<TFloat32> relu = tf.select(positive, x, tf.zerosLike(x));
    Operand<TFloat32> perSample =
        tf.math.add(tf.math.sub(relu, tf.math.mul(x, y)), tf.math.log1p(exp));
    return mean(tf, perSample, batch);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> perSample, float batch) {
    Operand<TFloat32> n = tf.constant(batch);
    Operand<TFloat32> mean =
        tf.math.divNoNan(tf.reduceSum(perSample, tf.constant(new int[] {0, 1})), n);
    // Keras's metric multiplies the loss by the batch size and divides again.
    return tf.math.divNoNan(tf.math.mul(mean, n), n);
  }

  /**
   * Written out to add in the same order as Keras's graph: with {@code t = 1 / N} and {@code u = t
   * / (1 + e) * e}, {@code (t - u) - t * y} for positive logits and {@code u - t * y} for negative
   * ones.
   */
  private static Operand<TFloat32> dLogits(
      Ops tf, Operand<TFloat32> y, Operand<TBool> positive, Operand<TFloat32> exp, float batch) {
    Operand<TFloat32> t = tf.constant(1 / batch);
    Operand<TFloat32> u =
        tf.math.mul(tf.math.mul(t, tf.math.reciprocal(tf.math.add(tf.constant(1f), exp))), exp);
    return tf.math.sub(tf.select(positive, tf.math.sub(t, u), u), tf.math.mul(t, y));
  }
}
