package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TFloat32;

/**
 * The largest value of each channel: {@code [batch, height, width, channels]} to {@code [batch,
 * channels]}, or to {@code [batch, 1, 1, channels]}. Keras: {@code
 * layers/pooling/global_max_pooling2d.py}.
 *
 * @param keepDims whether height and width remain as dimensions of size 1
 */
public record GlobalMaxPooling2D(boolean keepDims) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return keepDims ? Shape.of(1, 1, input.get(2)) : Shape.of(input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return LayerResult.of(
        pass.tf().max(x, pass.tf().constant(new int[] {1, 2}), Max.keepDims(keepDims)));
  }
}
