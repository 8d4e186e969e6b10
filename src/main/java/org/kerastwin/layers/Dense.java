package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * {@code activation(x · kernel + bias)} on {@code [batch, inputs]}. Keras: {@code
 * layers/core/dense.py}; kernel {@code [inputs, units]}.
 *
 * @param units size of the output, positive
 * @param useBias whether a bias is added
 * @param activation applied last
 */
public record Dense(int units, boolean useBias, Activation.Function activation) implements Layer {
  /** Checks the units. */
  public Dense {
    ArgumentException.requirePositive("units", units);
  }

  /** With a bias and an activation function. */
  public Dense(int units, Activation.Function activation) {
    this(units, true, activation);
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
    return Convolution.weights(units, useBias, input.get(0), units);
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Operand<TFloat32> product = pass.tf().linalg.matMul(x, weights.get("kernel"));
    return LayerResult.of(
        pass.tf(), Bias.add(pass.tf(), product, weights, useBias, units), activation);
  }
}
