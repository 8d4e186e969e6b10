package org.kerastwin.parity.stages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Application;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A model of one or two layers whose results in every mode are compared with those of Keras.
 *
 * @param model the layers
 * @param form of their graph
 * @param reference says which results Keras gave: it leaves out gradients that normalization
 *     cancels, such as that of a bias before it, since only rounding remains in them
 */
record LayerCase(Sequential model, Pass.Form form, Reference reference) {
  /** The seed of random layers, and the number of their draws so far. */
  private static final long[] SEED_STATE = {123456789, 7};

  /** The key of a result. */
  TensorKey key(String part) {
    return new TensorKey(Stage.EVERY_LAYER, model.name() + "/" + part);
  }

  /** Random numbers as the input, {@code [batch, …]}. */
  NdArray input() {
    return noise("input", model.inputShape());
  }

  private NdArray noise(String name, Shape sample) {
    return draws().noise(key(name).toString(), reference.meta().batchOf(sample));
  }

  private NamedRandom draws() {
    return new NamedRandom(reference.meta().seed());
  }

  /** Creates the variables, with the initial values that follow from the seed of the reference. */
  void build(Ops tf, Variables variables) {
    reference.requireShape(key("training"), model.outputShape());
    model.build(tf, variables, KerasStreams.ofSeed(reference.meta().seed())::nextInitializerSeed);
  }

  /** The values of the variables before the training. */
  WeightMap start() {
    Map<String, NdArray> start = new LinkedHashMap<>();
    for (LayerNode node : model.nodes()) {
      String layer = VariablePaths.layer(model.name(), node.name());
      node.weights()
          .forEach(
              weight -> {
                String path = VariablePaths.weight(layer, weight.name());
                start.put(path, drawn(path, weight.shape()));
              });
      if (node.layer().isRandom()) {
        start.put(
            VariablePaths.seed(layer), NdArray.ofLongs(SEED_STATE, List.of(SEED_STATE.length)));
      }
    }
    return new WeightMap(start);
  }

  private NdArray drawn(String path, List<Integer> shape) {
    double[] normal =
        draws().normal(Stage.EVERY_LAYER.id() + "/" + path, (int) NdArray.elements(shape));
    float[] values = new float[normal.length];
    for (int i = 0; i < values.length; i++) {
      double n = normal[i];
      double value = path.endsWith("variance") ? 0.3 + 0.3 * n * n : 0.3 * n;
      values[i] = (float) (path.endsWith("/gamma") ? value + 1 : value);
    }
    return NdArray.ofFloats(values, shape);
  }

  /** The name of a variable in the keys of results. */
  String relative(String path) {
    return path.substring(VariablePaths.prefix(model.name()).length());
  }

  /** Adds the applications in every mode, and fetches their results. */
  void addTo(FeedsAndFetches probe, Ops tf, Variables variables) {
    Placeholder<TFloat32> x = probe.feed(tf, input());
    Placeholder<TFloat32> dy = probe.feed(tf, noise("upstream", model.outputShape()));
    fetch(probe, "inference", apply(tf, variables, Pass.Mode.INFERENCE, x).output());
    Application trained = apply(tf, variables, Pass.Mode.TRAINING, x);
    fetch(probe, "training", trained.output());
    fetchExpected(probe, "gradient", trained.inputGradient(tf, trained.output(), dy));
    trained
        .weightGradients(tf, trained.output(), dy)
        .forEach((path, value) -> fetchExpected(probe, "gradient/" + relative(path), value));
    trained.stateUpdates().forEach((path, value) -> fetch(probe, "after/" + relative(path), value));
    if (!trained.stateUpdates().isEmpty()) {
      Application frozen = apply(tf, variables, Pass.Mode.FROZEN, x);
      fetch(probe, "frozen", frozen.output());
      fetch(probe, "frozen_gradient", frozen.inputGradient(tf, frozen.output(), dy));
    }
  }

  private Application apply(
      Ops tf, Variables variables, Pass.Mode mode, Placeholder<TFloat32> input) {
    Pass pass =
        new Pass(
            tf.withSubScope(mode.name()),
            mode,
            form,
            Precision.FLOAT32,
            MovingAverage.KERAS,
            layer -> variables.get(VariablePaths.seed(layer), TInt64.class).read(tf));
    return model.apply(pass, path -> variables.getFloat(path).read(tf), input);
  }

  private void fetchExpected(FeedsAndFetches probe, String part, Operand<?> tensor) {
    if (reference.tensors().containsKey(key(part))) {
      fetch(probe, part, tensor);
    }
  }

  private void fetch(FeedsAndFetches probe, String part, Operand<?> tensor) {
    probe.fetch(Stage.EVERY_LAYER, key(part).name(), tensor);
  }
}
