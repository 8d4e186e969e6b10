package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An affine map of the last axis of {@code [batch, height, width, channels]} or {@code [batch,
 * units]}: {@code y = x * scale + offset}. Batch normalization in inference is such a map. Keras
 * has no such layer.
 */
public record Affine() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImageOrVector(input);
    return input;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    long channels = input.get(input.numDimensions() - 1);
    return List.of(
        WeightSpec.trainable("scale", Initializer.ONES, channels),
        WeightSpec.trainable("offset", Initializer.ZEROS, channels));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    return LayerResult.of(tf.math.add(tf.math.mul(x, weights.get("scale")), weights.get("offset")));
  }
}
