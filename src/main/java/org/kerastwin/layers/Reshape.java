package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives a sample another shape with the same number of elements, in row-major order. Keras: {@code
 * layers/reshaping/reshape.py}.
 *
 * @param targetShape the sample's new shape, without the batch
 */
public record Reshape(Shape targetShape) implements Layer {
  /** Checks the sizes. */
  public Reshape {
    for (long size : targetShape.asArray()) {
      if (size <= 0) {
        throw new ArgumentException("positive sizes", "targetShape", targetShape);
      }
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.size() != targetShape.size()) {
      throw new ShapeException(
          "%d elements per sample for target shape %s".formatted(targetShape.size(), targetShape),
          input);
    }
    return targetShape;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    return LayerResult.of(
        ComputeType.float32(
            tf,
            tf.reshape(
                pass.precision().computeType().cast(tf, x),
                tf.constant(Shape.of(-1).append(targetShape)))));
  }
}
