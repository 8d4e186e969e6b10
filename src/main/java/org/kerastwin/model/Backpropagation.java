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

/**
 * Adds the gradients of an applied model to its graph. Layers with a gradient of their own split
 * the model into segments; autodiff differentiates each segment.
 *
 * @param tf adds the ops
 * @param steps the applied layers in order
 */
record Backpropagation(Ops tf, List<Application.Step> steps) {
  /**
   * Gradients of a loss.
   *
   * @param input with respect to the input of the model or a segment; null if it was not asked for
   * @param weights with respect to the trainable weights, by path
   */
  private record Gradients(Operand<TFloat32> input, Map<String, Operand<TFloat32>> weights) {}

  /**
   * The gradients with respect to the trainable weights by path, in the order of the weights.
   *
   * @param y the model's output or logits
   * @param dy the gradient of the loss with respect to y
   */
  Map<String, Operand<TFloat32>> ofWeights(Operand<TFloat32> y, Operand<TFloat32> dy) {
    Map<String, Operand<TFloat32>> found = gradients(y, dy, true, null).weights();
    Map<String, Operand<TFloat32>> ordered = new LinkedHashMap<>();
    for (Application.Step step : steps) {
      for (String path : step.weights().keySet()) {
        if (found.containsKey(path)) {
          ordered.put(path, found.get(path));
        }
      }
    }
    return ordered;
  }

  /**
   * The gradient with respect to the model's input.
   *
   * @param y the model's output or logits
   * @param dy the gradient of the loss with respect to y
   * @param input the model's input
   */
  Operand<TFloat32> ofInput(Operand<TFloat32> y, Operand<TFloat32> dy, Operand<TFloat32> input) {
    return gradients(y, dy, false, input).input();
  }

  private Gradients gradients(
      Operand<TFloat32> y, Operand<TFloat32> dy, boolean ofWeights, Operand<TFloat32> input) {
    Map<String, Operand<TFloat32>> weights = new LinkedHashMap<>();
    Map<String, Operand<TFloat32>> segment = new LinkedHashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Application.Step step = steps.get(i);
      if (step.applied().backward().isEmpty()) {
        segment.putAll(ofWeights ? step.weights() : Map.of());
        continue;
      }
      Gradients until = autodiff(y, dy, step.applied().output(), segment);
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
    Gradients first = autodiff(y, dy, input, segment);
    weights.putAll(first.weights());
    return new Gradients(first.input(), weights);
  }

  /**
   * Differentiates y with respect to the weights and, unless it is null, x. Uses y and x in the
   * type in which they were computed.
   */
  private Gradients autodiff(
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
