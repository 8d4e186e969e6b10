package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.framework.activations.Sigmoid;
import org.tensorflow.framework.activations.Tanh;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Applies a function to each element. Keras: {@code layers/activations/activation.py}.
 *
 * @param function the function
 */
public record Activation(Function function) implements Layer {
  /** The element-wise functions, which other layers take as their {@code activation} too. */
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
        return Tanh.tanh(tf, x);
      }
    },
    /** The logistic function, to (0, 1). */
    SIGMOID {
      @Override
      public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        return Sigmoid.sigmoid(tf, x);
      }
    };

    /** Adds the function of x to a graph. */
    public abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
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
