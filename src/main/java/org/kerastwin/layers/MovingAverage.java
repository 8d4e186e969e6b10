package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How a moving statistic follows the statistics of the batches. */
@FunctionalInterface
public interface MovingAverage {
  /**
   * Keras's exponential average, {@code moving * momentum + batch * (1 - momentum)}, the factors
   * computed in double and rounded to float32.
   */
  MovingAverage KERAS =
      (tf, moving, batch, momentum) ->
          tf.math.add(
              tf.math.mul(moving, tf.constant((float) momentum)),
              tf.math.mul(batch, tf.constant((float) (1 - momentum))));

  /**
   * The plain mean of the statistics of all batches so far, as the notebook describes it: {@code
   * (moving * (j - 1) + batch) / j}. In this form the first batch replaces the initial value
   * exactly.
   *
   * @param batchesSeen j, the number of batches with this one
   */
  static MovingAverage cumulative(Operand<TFloat32> batchesSeen) {
    return (tf, moving, batch, momentum) ->
        tf.math.div(
            tf.math.add(tf.math.mul(moving, tf.math.sub(batchesSeen, tf.constant(1f))), batch),
            batchesSeen);
  }

  /**
   * The next value of a moving statistic.
   *
   * @param moving its current value
   * @param batch the batch's statistic
   * @param momentum the layer's momentum, which the cumulative average ignores
   */
  Operand<TFloat32> next(
      Ops tf, Operand<TFloat32> moving, Operand<TFloat32> batch, double momentum);
}
