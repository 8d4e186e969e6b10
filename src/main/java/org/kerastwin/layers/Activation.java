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
    LINEAR {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return x;
      }
    },
    /** Hyperbolic tangent, to (-1, 1). */
    TANH {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.math.tanh(x);
      }
    },
    /** The logistic function, to (0, 1). */
    SIGMOID {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.math.sigmoid(x);
      }
    },
    /** {@code max(x, 0)}. */
    RELU {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.nn.relu(x);
      }
    },
    /** {@code min(max(x, 0), 6)}. */
    RELU6 {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.nn.relu6(x);
      }
    },
    /** {@code x} where x is positive, {@code 0.2 x} elsewhere. */
    LEAKY_RELU {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
      }
    },
    /** {@code x} where x is positive, {@code exp(x) - 1} elsewhere. */
    ELU {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.nn.elu(x);
      }
    },
    /** The scaled exponential linear unit (Klambauer et al., 2017). */
    SELU {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.nn.selu(x);
      }
    },
    /** {@code log(exp(x) + 1)}. */
    SOFTPLUS {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.math.softplus(x);
      }
    },
    /** {@code exp(x)}. */
    EXPONENTIAL {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.math.exp(x);
      }
    },
    /** {@code x * sigmoid(x)}, also called swish. */
    SILU {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.math.mul(x, tf.math.sigmoid(x));
      }
    },
    /** {@code relu6(x + 3) / 6}. */
    HARD_SIGMOID {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return tf.math.div(tf.nn.relu6(tf.math.add(x, tf.constant(3f))), tf.constant(6f));
      }
    };

    /** Adds the function of x to a graph. */
    public abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);

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
