package org.kerastwin.layers;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * The result of applying a layer.
 *
 * @param output the output, {@code [batch, …]}
 * @param preActivation the output before the layer's activation function; the output itself where
 *     there is none
 * @param backward the layer's own gradient; for a layer with an activation function, the gradient
 *     of that with respect to {@code preActivation}; empty if autodiff is right
 * @param stateUpdates next values, by name, of the weights that training changes without an
 *     optimizer
 * @param nextSeed next value of a random layer's seed
 */
public record LayerResult(
    Operand<TFloat32> output,
    Operand<TFloat32> preActivation,
    Optional<Backward> backward,
    Map<String, Operand<TFloat32>> stateUpdates,
    Optional<Operand<TInt64>> nextSeed) {

  /** The result of a layer that is not random. */
  public LayerResult(
      Operand<TFloat32> output,
      Operand<TFloat32> preActivation,
      Optional<Backward> backward,
      Map<String, Operand<TFloat32>> stateUpdates) {
    this(output, preActivation, backward, stateUpdates, Optional.empty());
  }

  /** An output without an activation function or a gradient of its own. */
  static LayerResult of(Operand<TFloat32> output) {
    return new LayerResult(output, output, Optional.empty(), Map.of());
  }

  /** An output that went through an activation function, which is computed in float32. */
  static LayerResult of(
      Ops tf, Operand<? extends TType> preActivation, Activation.Function function) {
    Operand<TFloat32> x = ComputeType.float32(tf, preActivation);
    return new LayerResult(function.apply(tf, x), x, ActivationGradients.of(function, x), Map.of());
  }

  /** An output with the layer's own gradient. */
  static LayerResult of(Operand<TFloat32> output, Backward backward) {
    return new LayerResult(output, output, Optional.of(backward), Map.of());
  }

  /** Whether the output is that of an activation function. */
  public boolean isActivated() {
    return output != preActivation;
  }

  /** A layer's own gradient. */
  @FunctionalInterface
  public interface Backward {
    /**
     * Adds the gradients to a graph, given the gradient of a loss with respect to the layer's
     * output.
     */
    Gradients gradients(Ops tf, Operand<TFloat32> dOutput);
  }

  /**
   * Gradients of a loss.
   *
   * @param input with respect to the layer's input
   * @param weights with respect to the layer's trainable weights, by name
   */
  public record Gradients(Operand<TFloat32> input, Map<String, Operand<TFloat32>> weights) {
    /** The gradient of a layer without weights. */
    static Gradients of(Operand<TFloat32> input) {
      return new Gradients(input, Map.of());
    }
  }
}
