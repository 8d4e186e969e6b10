package org.kerastwin.layers;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * Applies a function to each element. Keras: {@code layers/activations/activation.py}.
 *
 * @param function the function
 */
public record Activation(Function function) implements Layer {
  /**
   * The element-wise functions, which other layers take as their {@code activation} too. Keras:
   * {@code activations/activations.py}.
   */
  public enum Function {
    /** The identity. */
    LINEAR,
    /** Hyperbolic tangent, to (-1, 1). */
    TANH,
    /** The logistic function, to (0, 1). */
    SIGMOID,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code min(max(x, 0), 6)}. */
    RELU6,
    /** {@code x} where x is positive, {@code 0.2 x} elsewhere. */
    LEAKY_RELU,
    /** {@code x} where x is positive, {@code exp(x) - 1} elsewhere. */
    ELU,
    /** The scaled exponential linear unit (Klambauer et al., 2017). */
    SELU,
    /** {@code log(exp(x) + 1)}. */
    SOFTPLUS,
    /** {@code exp(x)}. */
    EXPONENTIAL,
    /** {@code x * sigmoid(x)}, also called swish. */
    SILU,
    /** {@code relu6(x + 3) / 6}. */
    HARD_SIGMOID;

    /** Adds the function of x to a graph. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return switch (this) {
        case LINEAR -> x;
        case TANH -> tf.math.tanh(x);
        case SIGMOID -> tf.math.sigmoid(x);
        case RELU -> tf.nn.relu(x);
        case RELU6 -> tf.nn.relu6(x);
        case LEAKY_RELU -> tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
        case ELU -> tf.nn.elu(x);
        case SELU -> tf.nn.selu(x);
        case SOFTPLUS -> tf.math.softplus(x);
        case EXPONENTIAL -> tf.math.exp(x);
        case SILU -> tf.math.mul(x, tf.math.sigmoid(x));
        case HARD_SIGMOID ->
            tf.math.div(tf.nn.relu6(tf.math.add(x, tf.constant(3f))), tf.constant(6f));
      };
    }

    /** Keras's name, such as "leaky_relu". */
    public String kerasName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return LayerResult.of(pass.tf(), x, function);
  }
}
