package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.data.LeakyReluGrad;
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
      throw new ArgumentException("a slope of at least 0", "negativeSlope", negativeSlope);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    float slope = (float) negativeSlope;
    Operand<TFloat32> y = pass.tf().nn.leakyRelu(x, LeakyRelu.alpha(slope));
    return pass.form() == Pass.Form.FAST && pass.isTraining()
        ? LayerResult.of(y, (tf, dy) -> gradients(tf, dy, y, slope))
        : LayerResult.of(y);
  }

  /**
   * The numbers of autodiff. It takes the sign from the input; the output has the same sign, so
   * that TensorFlow can write the output over the input.
   */
  private static LayerResult.Gradients gradients(
      Ops tf, Operand<TFloat32> dy, Operand<TFloat32> y, float slope) {
    return LayerResult.Gradients.of(
        LeakyReluGrad.create(tf.scope(), dy, y, LeakyReluGrad.alpha(slope)));
  }
}
