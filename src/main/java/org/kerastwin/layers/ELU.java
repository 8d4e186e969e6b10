package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code x} where x is positive, {@code alpha * (exp(x) - 1)} elsewhere (Clevert et al., 2016).
 * Keras: {@code layers/activations/elu.py}.
 *
 * @param alpha the scale for negative x; the output approaches {@code -alpha}
 */
public record ELU(double alpha) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    Operand<TFloat32> y = tf.nn.elu(x);
    return LayerResult.of(
        alpha == 1
            ? y
            : tf.select(
                tf.math.greater(x, tf.constant(0f)),
                y,
                tf.math.mul(tf.constant((float) alpha), y)));
  }
}
