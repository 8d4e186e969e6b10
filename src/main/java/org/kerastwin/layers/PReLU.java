package org.kerastwin.layers;

import java.util.List;
import java.util.Set;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code x} where x is positive, {@code alpha * x} elsewhere, with a trained {@code alpha} (He et
 * al., 2015). Keras: {@code layers/activations/prelu.py}.
 *
 * @param sharedAxes axes of a sample, from 1, along which {@code alpha} is the same
 */
public record PReLU(Set<Integer> sharedAxes) implements Layer {
  /** Keeps a copy. */
  public PReLU {
    sharedAxes = Set.copyOf(sharedAxes);
  }

  @Override
  public Shape outputShape(Shape input) {
    for (int axis : sharedAxes) {
      if (axis < 1 || axis > input.numDimensions()) {
        throw new ShapeException("an axis %d".formatted(axis), input);
      }
    }
    return input;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    long[] sizes = input.asArray();
    sharedAxes.forEach(axis -> sizes[axis - 1] = 1);
    return List.of(WeightSpec.trainable("alpha", Initializer.ZEROS, sizes));
  }

  /** Keras's sequence of ops, so that rounding and the gradient at 0 are the same. */
  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    Operand<TFloat32> negative =
        tf.math.mul(tf.math.neg(weights.get("alpha")), tf.nn.relu(tf.math.neg(x)));
    return LayerResult.of(tf.math.add(tf.nn.relu(x), negative));
  }
}
