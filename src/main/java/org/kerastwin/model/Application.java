package org.kerastwin.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kerastwin.layers.LayerResult;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.UpsampledConvolution;
import org.kerastwin.layers.Weights;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** A model applied to an input in a graph, and its gradients. */
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

  private Application(Operand<TFloat32> input, List<Step> steps) {
    this.input = input;
    this.steps = List.copyOf(steps);
  }

  /** Applies a model; see {@link Sequential#apply}. */
  static Application of(
      Sequential model,
      Pass pass,
      Function<String, Operand<TFloat32>> weights,
      Operand<TFloat32> x) {
    Pass scoped = pass.in(model.name());
    List<Step> steps = new ArrayList<>();
    Operand<TFloat32> input = x;
    for (int i = 0; i < model.nodes().size(); i++) {
      Optional<UpsampledConvolution> fused = model.fused(pass.form(), i);
      LayerNode node = model.nodes().get(fused.isPresent() ? ++i : i);
      String layerPath = model.path(node);
      Map<String, Operand<TFloat32>> read = new LinkedHashMap<>();
      Weights ofLayer = weight -> read.computeIfAbsent(model.path(node, weight), weights);
      Pass ofPass =
          scoped
              .in(node.name())
              .with(layer -> pass.seeds().state(layerPath))
              .with(model.precision(node, pass.precision()))
              .of(node.trainable());
      Operand<TFloat32> from = input;
      LayerResult applied =
          fused
              .map(pair -> pair.apply(ofPass, ofLayer, from))
              .orElseGet(() -> node.layer().apply(ofPass, ofLayer, from));
      read.keySet().retainAll(trainable(model, node));
      steps.add(new Step(layerPath, input, applied, read));
      input = applied.output();
    }
    return new Application(x, steps);
  }

  private static Set<String> trainable(Sequential model, LayerNode node) {
    return node.weights().stream()
        .filter(WeightSpec::trainable)
        .map(weight -> model.path(node, weight.name()))
        .collect(Collectors.toSet());
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
   * @param dy the gradient of the loss with respect to y
   * @return the gradients by path, in the order of the weights
   */
  public Map<String, Operand<TFloat32>> weightGradients(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> dy) {
    return new Backpropagation(tf, steps).ofWeights(y, dy);
  }

  /**
   * Adds the gradient of a loss with respect to the model's input.
   *
   * @param y {@link #output()} or {@link #logits()}
   * @param dy the gradient of the loss with respect to y
   */
  public Operand<TFloat32> inputGradient(Ops tf, Operand<TFloat32> y, Operand<TFloat32> dy) {
    return new Backpropagation(tf, steps).ofInput(y, dy, input);
  }
}
