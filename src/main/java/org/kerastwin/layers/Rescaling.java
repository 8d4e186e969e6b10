package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code x * scale + offset}. Keras: {@code layers/preprocessing/rescaling.py}.
 *
 * @param scale the factor of all elements
 * @param offset added to all elements
 */
public record Rescaling(double scale, double offset) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    return LayerResult.of(
        tf.math.add(tf.math.mul(x, tf.constant((float) scale)), tf.constant((float) offset)));
  }
}
