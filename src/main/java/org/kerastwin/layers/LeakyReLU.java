package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.data.LeakyReluGrad;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

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
    return apply(pass, pass.precision().computeType(), x);
  }

  private <T extends TFloating> LayerResult apply(
      Pass pass, ComputeType<T> type, Operand<TFloat32> x) {
    float slope = (float) negativeSlope;
    Operand<T> y = pass.tf().nn.leakyRelu(type.cast(pass.tf(), x), LeakyRelu.alpha(slope));
    Operand<TFloat32> output = ComputeType.float32(pass.tf(), y);
    return pass.form() == Pass.Form.FAST && pass.isTraining()
        ? LayerResult.of(output, (tf, dy) -> gradients(tf, type.cast(tf, dy), y, slope))
        : LayerResult.of(output);
  }

  /**
   * Gives the numbers of autodiff, but takes the sign from the output instead of the input, so
   * TensorFlow can write the output over the input.
   */
  private static <T extends TFloating> LayerResult.Gradients gradients(
      Ops tf, Operand<T> dy, Operand<T> y, float slope) {
    return LayerResult.Gradients.of(
        ComputeType.float32(
            tf, LeakyReluGrad.create(tf.scope(), dy, y, LeakyReluGrad.alpha(slope))));
  }
}
