package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Scope;
import org.tensorflow.types.TFloat32;

/**
 * The largest value in each window of {@code [batch, height, width, channels]}. Keras: {@code
 * layers/pooling/max_pooling2d.py}.
 *
 * @param window size, strides and padding, without dilation
 */
public record MaxPooling2D(Window window) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return window.output(input, input.get(2));
  }

  /**
   * Builds the op by its name: TensorFlow-Java has only MaxPoolV2, which other runtimes do not
   * know.
   */
  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Scope scope = pass.tf().scope();
    Operation pooled =
        scope
            .opBuilder("MaxPool", "MaxPool")
            .addInput(x.asOutput())
            .setAttr("ksize", Window.attribute(window.size()))
            .setAttr("strides", Window.attribute(window.strides()))
            .setAttr("padding", window.padding().name())
            .build();
    return LayerResult.of(pooled.<TFloat32>output(0));
  }
}
