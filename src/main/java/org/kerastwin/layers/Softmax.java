package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * {@code exp(x) / sum(exp(x))} over the last axis. Keras: {@code layers/activations/softmax.py},
 * with its default axis.
 */
public record Softmax() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return LayerResult.of(pass.tf(), x, Activation.Function.SOFTMAX);
  }
}
