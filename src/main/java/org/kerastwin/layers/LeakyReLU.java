package org.kerastwin.layers;

import java.util.Map;
import java.util.Optional;
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
        ? new LayerResult(y, y, Optional.of((tf, dy) -> gradients(tf, dy, y, slope)), Map.of())
        : LayerResult.of(y);
  }

  /**
   * The same numbers as autodiff's, which asks the input for its sign; the output has the same one.
   * So nothing needs the input any longer, and TensorFlow writes the output over it.
   */
  private static LayerResult.Gradients gradients(
      Ops tf, Operand<TFloat32> dy, Operand<TFloat32> y, float slope) {
    return new LayerResult.Gradients(
        LeakyReluGrad.create(tf.scope(), dy, y, LeakyReluGrad.alpha(slope)), Map.of());
  }
}
