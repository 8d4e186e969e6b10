package org.kerastwin.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.layers.ComputeType;
import org.kerastwin.layers.LayerResult;
import org.kerastwin.weights.VariablePaths;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * A model applied to an input, and its gradients. Layers with a gradient of their own split the
 * model into segments; autodiff differentiates each segment.
 */
public final class Application {
  private final Operand<TFloat32> input;
  private final List<Step> steps;

  /**
   * One applied layer.
   *
   * @param path path of the layer, {@code model/layer}
   * @param input its input
   * @param applied its result
   * @param weights the trainable weights that it read, by path
   */
  record Step(
      String path,
      Operand<TFloat32> input,
      LayerResult applied,
      Map<String, Operand<TFloat32>> weights) {
    private boolean isIdentity() {
      return applied.output().asOutput().equals(input.asOutput());
    }
  }

  /**
   * Gradients of a loss.
   *
   * @param input with respect to the model's input
   * @param weights with respect to its trainable weights, by path
   */
  private record Gradients(Operand<TFloat32> input, Map<String, Operand<TFloat32>> weights) {}

  Application(Operand<TFloat32> input, List<Step> steps) {
    this.input = input;
    this.steps = List.copyOf(steps);
  }

  /** The model's output. */
  public Operand<TFloat32> output() {
    return steps.get(steps.size() - 1).applied().output();
  }

  /**
   * The output before the last layer's activation function. A layer that returns its input, as a
   * linear activation does, does not count.
   */
  public Operand<TFloat32> logits() {
    int at = steps.size() - 1;
    while (at > 0 && steps.get(at).isIdentity()) {
      at--;
    }
    return steps.get(at).applied().preActivation();
  }

  /** The outputs of all layers that were not fused with another, by path. */
  public Map<String, Operand<TFloat32>> outputs() {
    Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
    steps.forEach(step -> outputs.put(step.path(), step.applied().output()));
    return outputs;
  }

  /** Next values of the weights and seeds that training changes without an optimizer, by path. */
  public Map<String, Operand<? extends TNumber>> stateUpdates() {
    Map<String, Operand<? extends TNumber>> state = new LinkedHashMap<>();
    for (Step step : steps) {
      LayerResult result = step.applied();
      result
          .stateUpdates()
          .forEach((name, value) -> state.put(VariablePaths.weight(step.path(), name), value));
      result.nextSeed().ifPresent(seed -> state.put(VariablePaths.seed(step.path()), seed));
    }
    return state;
  }

  /**
   * Adds the gradients of a loss with respect to the trainable weights.
   *
   * @param y {@link #output()} or {@link #logits()}
   * @param dy the gradient of the loss by it
   * @return the gradients by path, in the order of the weights
   */
  public Map<String, Operand<TFloat32>> weightGradients(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> dy) {
    Map<String, Operand<TFloat32>> found = backward(tf, y, dy, true, false).weights();
    Map<String, Operand<TFloat32>> ordered = new LinkedHashMap<>();
    for (Step step : steps) {
      for (String path : step.weights().keySet()) {
        if (found.containsKey(path)) {
          ordered.put(path, found.get(path));
        }
      }
    }
    return ordered;
  }

  /**
   * Adds the gradient of a loss with respect to the model's input.
   *
   * @param y {@link #output()} or {@link #logits()}
   * @param dy the gradient of the loss by it
   */
  public Operand<TFloat32> inputGradient(Ops tf, Operand<TFloat32> y, Operand<TFloat32> dy) {
    return backward(tf, y, dy, false, true).input();
  }

  private Gradients backward(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> dy, boolean ofWeights, boolean ofInput) {
    Map<String, Operand<TFloat32>> weights = new LinkedHashMap<>();
    Map<String, Operand<TFloat32>> segment = new LinkedHashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step.applied().backward().isEmpty()) {
        segment.putAll(ofWeights ? step.weights() : Map.of());
        continue;
      }
      Gradients until = autodiff(tf, y, dy, step.applied().output(), segment);
      weights.putAll(until.weights());
      LayerResult.Gradients own = step.applied().backward().get().gradients(tf, until.input());
      own.weights()
          .forEach(
              (name, gradient) -> weights.put(VariablePaths.weight(step.path(), name), gradient));
      dy = own.input();
      segment.clear();
      if (step.applied().isActivated()) {
        y = step.applied().preActivation();
        segment.putAll(ofWeights ? step.weights() : Map.of());
      } else {
        y = step.input();
      }
    }
    Gradients first = autodiff(tf, y, dy, ofInput ? input : null, segment);
    weights.putAll(first.weights());
    return new Gradients(first.input(), weights);
  }

  /**
   * Differentiates y with respect to the weights and, unless it is null, x. Uses y and x in the
   * type in which they were computed.
   */
  private static Gradients autodiff(
      Ops tf,
      Operand<TFloat32> y,
      Operand<TFloat32> dy,
      Operand<TFloat32> x,
      Map<String, Operand<TFloat32>> weights) {
    if (y == x) {
      return new Gradients(dy, Map.of());
    }
    List<Output<?>> by = new ArrayList<>();
    weights.values().forEach(weight -> by.add(weight.asOutput()));
    if (x != null) {
      by.add(ComputeType.of(x).cast(tf, x).asOutput());
    }
    if (by.isEmpty()) {
      return new Gradients(null, Map.of());
    }
    ComputeType<?> computed = ComputeType.of(y);
    Output<?>[] gradients =
        ((Graph) tf.scope().env())
            .addGradients(
                null,
                new Output<?>[] {computed.cast(tf, y).asOutput()},
                by.toArray(new Output<?>[0]),
                new Output<?>[] {computed.cast(tf, dy).asOutput()});
    Map<String, Operand<TFloat32>> byPath = new LinkedHashMap<>();
    int index = 0;
    for (String path : weights.keySet()) {
      byPath.put(path, gradients[index++].expect(TFloat32.class));
    }
    return new Gradients(x == null ? null : ComputeType.float32(tf, gradients[index]), byPath);
  }
}
