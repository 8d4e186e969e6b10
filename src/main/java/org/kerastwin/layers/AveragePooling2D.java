package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the values in each window of {@code [batch, height, width, channels]}; padding does
 * not count. Keras: {@code layers/pooling/average_pooling2d.py}.
 *
 * @param window size, strides and padding, without dilation
 */
public record AveragePooling2D(Window window) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return window.output(input, input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return LayerResult.of(
        pass.tf().nn.avgPool(x, window.sizes(), window.steps(), window.padding().name()));
  }
}
