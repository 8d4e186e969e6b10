package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code max(x, 0)}. Keras: {@code layers/activations/relu.py}, with its defaults. */
public record ReLU() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    return LayerResult.of(
        ComputeType.float32(tf, tf.nn.relu(pass.precision().computeType().cast(tf, x))));
  }
}
