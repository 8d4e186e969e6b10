package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * {@code activation(x · kernel + bias)} on {@code [batch, …, inputs]}. Keras: {@code
 * layers/core/dense.py}; kernel {@code [inputs, units]}.
 *
 * @param units size of the output, positive
 * @param useBias whether a bias is added
 * @param activation applied last
 */
public record Dense(int units, boolean useBias, Activation.Function activation)
    implements Activated {
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
    if (input.numDimensions() == 0) {
      throw new ShapeException("at least 2 dimensions (batch, units)", input);
    }
    return input.take(input.numDimensions() - 1).append(units);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return Convolution.weights(units, useBias, input.get(input.numDimensions() - 1), units);
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return apply(pass.tf(), pass.precision().computeType(), weights, x);
  }

  private <T extends TFloating> LayerResult apply(
      Ops tf, ComputeType<T> type, Weights weights, Operand<TFloat32> x) {
    Operand<T> product = product(tf, type.cast(tf, x), type.cast(tf, weights.get("kernel")));
    return LayerResult.of(tf, Bias.add(tf, type, product, weights, useBias, units), activation);
  }

  /** As Keras's {@code tensordot} does, multiplies more than a vector as the rows of a matrix. */
  private <T extends TFloating> Operand<T> product(Ops tf, Operand<T> x, Operand<T> kernel) {
    Shape shape = x.shape();
    int last = shape.numDimensions() - 1;
    if (last == 1) {
      return tf.linalg.matMul(x, kernel);
    }
    Operand<T> rows = tf.reshape(x, tf.array(-1, (int) shape.get(last)));
    Shape output = Shape.of(-1).append(shape.subShape(1, last)).append(units);
    return tf.reshape(tf.linalg.matMul(rows, kernel), tf.constant(output));
  }
}
