package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Adds rows and columns of zeros around {@code [batch, height, width, channels]}. Keras: {@code
 * layers/reshaping/zero_padding2d.py}.
 *
 * @param padding how many at each side
 */
public record ZeroPadding2D(Border padding) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return Shape.of(input.get(0) + padding.rows(), input.get(1) + padding.columns(), input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    int[][] sides = {
      {0, 0}, {padding.top(), padding.bottom()}, {padding.left(), padding.right()}, {0, 0}
    };
    return LayerResult.of(pass.tf().pad(x, pass.tf().constant(sides), pass.tf().constant(0f)));
  }
}
