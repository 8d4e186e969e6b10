package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * {@code activation(x · kernel + bias)} on {@code [batch, inputs]}. Keras: {@code
 * layers/core/dense.py}; kernel {@code [inputs, units]}.
 *
 * @param units size of the output, positive
 * @param activation applied last
 */
public record Dense(int units, Activation.Function activation) implements Layer {
  /** Checks the units. */
  public Dense {
    ArgumentException.requirePositive("units", units);
  }

  /** Without an activation function. */
  public Dense(int units) {
    this(units, Activation.Function.LINEAR);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireVector(input);
    return Shape.of(units);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return List.of(
        WeightSpec.trainable("kernel", Initializer.GLOROT_UNIFORM, input.get(0), units),
        WeightSpec.trainable("bias", Initializer.ZEROS, units));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Operand<TFloat32> product = pass.tf().linalg.matMul(x, weights.get("kernel"));
    return LayerResult.of(
        pass.tf(), Bias.add(pass.tf(), product, weights.get("bias"), units), activation);
  }
}
