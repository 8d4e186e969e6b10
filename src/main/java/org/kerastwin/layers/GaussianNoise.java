package org.kerastwin.layers;

import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds normally distributed noise in training. Keras: {@code
 * layers/regularization/gaussian_noise.py}, with its stateless seeds.
 *
 * @param stddev the standard deviation, at least 0
 * @param seed of the random numbers; empty to draw one
 */
public record GaussianNoise(double stddev, OptionalInt seed) implements Layer {
  /** Checks the standard deviation. */
  public GaussianNoise {
    if (!(stddev >= 0)) {
      throw new ArgumentException("a standard deviation of at least 0", "stddev", stddev);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean isRandom() {
    return stddev > 0;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    if (!pass.isTraining() || stddev == 0) {
      return LayerResult.of(x);
    }
    Ops tf = pass.tf();
    RandomSeed random = new RandomSeed(pass);
    Operand<TFloat32> normal =
        tf.random.statelessRandomNormal(tf.constant(x.shape()), random.value(), TFloat32.class);
    Operand<TFloat32> noise = tf.math.mul(normal, tf.constant((float) stddev));
    return random.result(tf.math.add(x, noise), (ops, dy) -> LayerResult.Gradients.of(dy));
  }
}
