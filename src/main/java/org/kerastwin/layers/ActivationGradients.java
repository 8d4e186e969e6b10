package org.kerastwin.layers;

import static org.kerastwin.layers.Activation.Function.ROOT_OF_TWO;
import static org.kerastwin.layers.Activation.Function.divided;

import java.util.Optional;
import org.kerastwin.layers.LayerResult.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.TanhGrad;
import org.tensorflow.op.nn.Relu6Grad;
import org.tensorflow.types.TFloat32;

/** The gradients of activation functions where autodiff gives others than Keras. */
final class ActivationGradients {
  private ActivationGradients() {}

  /** The gradient of a function for an input x; empty if autodiff gives that of Keras. */
  static Optional<LayerResult.Backward> of(Activation.Function function, Operand<TFloat32> x) {
    return switch (function) {
      case SILU -> Optional.of((tf, dy) -> Gradients.of(silu(tf, dy, x)));
      case SOFTPLUS -> Optional.of((tf, dy) -> Gradients.of(softplus(tf, dy, x)));
      case LOG_SIGMOID -> Optional.of((tf, dy) -> Gradients.of(softplus(tf, dy, tf.math.neg(x))));
      case HARD_SILU -> Optional.of((tf, dy) -> Gradients.of(hardSilu(tf, dy, x)));
      case GELU -> Optional.of((tf, dy) -> Gradients.of(gelu(tf, dy, x)));
      case LOG_SOFTMAX -> Optional.of((tf, dy) -> Gradients.of(logSoftmax(tf, dy, x)));
      case MISH -> Optional.of((tf, dy) -> Gradients.of(mish(tf, dy, x)));
      default -> Optional.empty();
    };
  }

  /** As in TensorFlow's {@code nn_grad.py}; autodiff here uses another op. */
  private static Operand<TFloat32> softplus(Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x) {
    return tf.math.mul(dy, tf.math.sigmoid(x));
  }

  /** Grappler moves the constant to the gradient. */
  private static Operand<TFloat32> hardSilu(Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x) {
    Operand<TFloat32> bounded = tf.nn.relu6(tf.math.add(x, tf.constant(3f)));
    Operand<TFloat32> ofRelu =
        Relu6Grad.create(tf.scope(), tf.math.mul(divided(tf, dy, 6), x), bounded);
    return tf.math.add(tf.math.mul(dy, divided(tf, bounded, 6)), ofRelu);
  }

  /** Grappler joins the constants and multiplies them with the exponential. */
  private static Operand<TFloat32> gelu(Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x) {
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> scaled = divided(tf, x, ROOT_OF_TWO);
    Operand<TFloat32> ofFactor =
        tf.math.mul(tf.math.mul(half, dy), tf.math.add(tf.constant(1f), tf.math.erf(scaled)));
    Operand<TFloat32> density =
        tf.math.mul(
            tf.constant((float) (2 / Math.sqrt(Math.PI)) * (1 / ROOT_OF_TWO)),
            tf.math.exp(tf.math.neg(tf.math.square(scaled))));
    return tf.math.add(ofFactor, tf.math.mul(tf.math.mul(tf.math.mul(half, x), dy), density));
  }

  /** Autodiff is right only for vectors. */
  private static Operand<TFloat32> logSoftmax(Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x) {
    Operand<TFloat32> sum = tf.sum(dy, tf.constant(-1), Sum.keepDims(true));
    return tf.math.sub(dy, tf.math.mul(sum, tf.math.exp(tf.nn.logSoftmax(x))));
  }

  private static Operand<TFloat32> mish(Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x) {
    Operand<TFloat32> y = tf.math.tanh(tf.math.softplus(x));
    Operand<TFloat32> ofTanh = TanhGrad.create(tf.scope(), y, tf.math.mul(dy, x));
    return tf.math.add(tf.math.mul(dy, y), softplus(tf, ofTanh, x));
  }

  /** TensorFlow computes the sigmoid again: {@code nn_impl.py}, {@code swish}. */
  private static Operand<TFloat32> silu(Ops tf, Operand<TFloat32> dy, Operand<TFloat32> x) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> sigmoid = tf.math.sigmoid(x);
    Operand<TFloat32> slope =
        tf.math.mul(sigmoid, tf.math.add(one, tf.math.mul(x, tf.math.sub(one, sigmoid))));
    return tf.math.mul(dy, slope);
  }
}
