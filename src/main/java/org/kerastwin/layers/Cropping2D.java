package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cuts rows and columns off {@code [batch, height, width, channels]}. Keras: {@code
 * layers/reshaping/cropping2d.py}.
 *
 * @param cropping how many at each side
 */
public record Cropping2D(Border cropping) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    long height = input.get(0) - cropping.rows();
    long width = input.get(1) - cropping.columns();
    if (height < 1 || width < 1) {
      throw new ShapeException("an image larger than the cropping", input);
    }
    return Shape.of(height, width, input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    Shape output = outputShape(x.shape().takeLast(3));
    int[] begin = {0, cropping.top(), cropping.left(), 0};
    int[] size = {-1, (int) output.get(0), (int) output.get(1), (int) output.get(2)};
    return LayerResult.of(tf.slice(x, tf.constant(begin), tf.constant(size)));
  }
}
