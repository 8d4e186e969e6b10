package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Flattens {@code [batch, height, width, channels]} to {@code [batch, height * width * channels]},
 * row-major. Keras: {@code layers/reshaping/flatten.py}.
 */
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.size());
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    long size = x.shape().takeLast(x.shape().numDimensions() - 1).size();
    Ops tf = pass.tf();
    return LayerResult.of(
        ComputeType.float32(
            tf,
            tf.reshape(
                pass.precision().computeType().cast(tf, x), tf.constant(new long[] {-1, size}))));
  }
}
