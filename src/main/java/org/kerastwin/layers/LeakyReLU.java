package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * {@code x} where x is positive, {@code negativeSlope * x} elsewhere. Keras: {@code
 * layers/activations/leaky_relu.py}, whose default slope is 0.3.
 *
 * @param negativeSlope the slope for negative x, at least 0
 */
public record LeakyReLU(double negativeSlope) implements Layer {
  /** Checks the slope. */
  public LeakyReLU {
    if (!(negativeSlope >= 0)) {
      throw new IllegalArgumentException(
          "expected a slope of at least 0, received negativeSlope=" + negativeSlope);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Applied apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return Applied.of(pass.tf().nn.leakyRelu(x, LeakyRelu.alpha((float) negativeSlope)));
  }
}
