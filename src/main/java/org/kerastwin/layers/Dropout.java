package org.kerastwin.layers;

import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Sets elements to 0 in training, each with the probability {@code rate}, and scales the others by
 * {@code 1 / (1 - rate)} (Srivastava et al., 2014). Keras: {@code
 * layers/regularization/dropout.py}, with its stateless seeds.
 *
 * @param rate in [0, 1)
 * @param seed of the random numbers; empty to draw one
 */
public record Dropout(double rate, OptionalInt seed) implements Layer {
  /** Checks the rate. */
  public Dropout {
    requireRate(rate);
  }

  static void requireRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new ArgumentException("a rate of at least 0 and below 1", "rate", rate);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean isRandom() {
    return rate > 0;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return apply(pass, rate, x, x.shape());
  }

  /**
   * Drops elements with a probability.
   *
   * @param drawn the shape of the random numbers; all elements along an axis of size 1 share one
   */
  static LayerResult apply(Pass pass, double rate, Operand<TFloat32> x, Shape drawn) {
    if (!pass.isTraining() || rate == 0) {
      return LayerResult.of(x);
    }
    Ops tf = pass.tf();
    RandomSeed random = new RandomSeed(pass);
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.constant(drawn), random.value(), TFloat32.class);
    Operand<TBool> kept = tf.math.greaterEqual(uniform, tf.constant((float) rate));
    float scale = (float) (1 / (1 - rate));
    return random.result(
        tf.select(kept, tf.math.mul(x, tf.constant(scale)), tf.constant(0f)),
        (ops, dy) ->
            LayerResult.Gradients.of(
                ops.math.mul(ops.select(kept, dy, ops.constant(0f)), ops.constant(scale))));
  }
}
