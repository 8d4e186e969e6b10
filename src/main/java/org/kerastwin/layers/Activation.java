package org.kerastwin.layers;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * Applies an activation function. Keras: {@code layers/activations/activation.py}.
 *
 * @param activation the function
 */
public record Activation(Function activation) implements Activated {
  /** The layer that returns its very input, as in Keras. */
  public static final Activation LINEAR = new Activation(Function.LINEAR);

  /**
   * The functions, which other layers take as their {@code activation} too. All but the softmaxes
   * are element-wise. Keras: {@code activations/activations.py}, {@code backend/tensorflow/nn.py}.
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
    HARD_SIGMOID,
    /** {@code x * hardSigmoid(x)}, also called hard swish (Howard et al., 2019). */
    HARD_SILU,
    /** {@code min(max(x, -1), 1)}. */
    HARD_TANH,
    /**
     * {@code x * P(X <= x)} for a standard normal X, computed by the error function (Hendrycks et
     * al., 2016).
     */
    GELU,
    /** {@code x * tanh(softplus(x))} (Misra, 2019). */
    MISH,
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN,
    /** {@code x} where x is positive, {@code exp(x) - 1} elsewhere, by other ops than elu. */
    CELU,
    /** {@code x} where {@code |x| > 0.5}, 0 elsewhere. */
    HARD_SHRINK,
    /** {@code x} moved by 0.5 towards 0, and 0 where {@code |x| <= 0.5}. */
    SOFT_SHRINK,
    /** {@code (x + sqrt(x^2 + 4)) / 2} (Barron, 2021). */
    SQUAREPLUS,
    /** 0 up to -1, {@code (x + 1)^2 / 4} up to 1, then {@code x}. */
    SPARSE_PLUS,
    /** 0 up to -1, {@code (x + 1) / 2} up to 1, then 1. */
    SPARSE_SIGMOID,
    /** {@code x - tanh(x)}. */
    TANH_SHRINK,
    /** {@code log(sigmoid(x))}. */
    LOG_SIGMOID,
    /** {@code exp(x) / sum(exp(x))} over the last axis. */
    SOFTMAX,
    /** The logarithm of the softmax. */
    LOG_SOFTMAX;

    static final float ROOT_OF_TWO = (float) Math.sqrt(2);

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
        case HARD_SIGMOID -> divided(tf, tf.nn.relu6(tf.math.add(x, tf.constant(3f))), 6);
        case HARD_SILU -> tf.math.mul(x, HARD_SIGMOID.apply(tf, x));
        case HARD_TANH -> tf.math.maximum(tf.math.minimum(x, tf.constant(1f)), tf.constant(-1f));
        case GELU ->
            tf.math.mul(
                tf.math.mul(tf.constant(0.5f), x),
                tf.math.add(tf.constant(1f), tf.math.erf(divided(tf, x, ROOT_OF_TWO))));
        case MISH -> tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)));
        case SOFTSIGN -> tf.nn.softsign(x);
        case CELU ->
            tf.math.add(
                tf.math.maximum(x, tf.constant(0f)),
                tf.math.expm1(tf.math.minimum(x, tf.constant(0f))));
        case HARD_SHRINK ->
            tf.select(tf.math.greater(tf.math.abs(x), tf.constant(0.5f)), x, tf.zerosLike(x));
        case SOFT_SHRINK ->
            tf.select(
                tf.math.greater(x, tf.constant(0.5f)),
                tf.math.sub(x, tf.constant(0.5f)),
                tf.select(
                    tf.math.less(x, tf.constant(-0.5f)),
                    tf.math.add(x, tf.constant(0.5f)),
                    tf.zerosLike(x)));
        case SQUAREPLUS ->
            tf.math.mul(
                tf.math.add(x, tf.math.sqrt(tf.math.add(tf.math.square(x), tf.constant(4f)))),
                tf.constant(0.5f));
        case SPARSE_PLUS ->
            sparse(
                tf,
                x,
                tf.math.mul(tf.constant(0.25f), tf.math.square(tf.math.add(x, tf.constant(1f)))),
                x);
        case SPARSE_SIGMOID ->
            sparse(
                tf,
                x,
                tf.math.mul(tf.constant(0.5f), tf.math.add(x, tf.constant(1f))),
                // Autodiff has no gradient of OnesLike.
                tf.math.add(tf.zerosLike(x), tf.constant(1f)));
        case TANH_SHRINK -> tf.math.sub(x, tf.math.tanh(x));
        case LOG_SIGMOID -> tf.math.neg(tf.math.softplus(tf.math.neg(x)));
        case SOFTMAX -> tf.nn.softmax(x);
        case LOG_SOFTMAX -> tf.nn.logSoftmax(x);
      };
    }

    /** 0 up to -1, and another function from 1 on. */
    private static Operand<TFloat32> sparse(
        Ops tf, Operand<TFloat32> x, Operand<TFloat32> between, Operand<TFloat32> above) {
      return tf.select(
          tf.math.lessEqual(x, tf.constant(-1f)),
          tf.zerosLike(x),
          tf.select(tf.math.greaterEqual(x, tf.constant(1f)), above, between));
    }

    /** Grappler turns Keras's division by a constant into a multiplication. */
    static Operand<TFloat32> divided(Ops tf, Operand<TFloat32> x, float divisor) {
      return tf.math.mul(x, tf.constant(1 / divisor));
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
    return LayerResult.of(pass.tf(), x, activation);
  }
}
