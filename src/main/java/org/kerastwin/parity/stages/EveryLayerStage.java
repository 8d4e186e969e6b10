package org.kerastwin.parity.stages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Application;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Layers of every kind that this program has, one at a time: the output in inference and in
 * training, the gradients, and the state after a training. The reference describes them as Keras
 * does. The notebook uses few of them; any other model may use all.
 */
public final class EveryLayerStage {
  /** The folder of the descriptions, and how they end. */
  private static final String FOLDER = Stage.EVERY_LAYER.id() + "/";

  private static final String ENDING = ".json";

  /** The seed of random layers, and the number of their draws so far. */
  private static final long[] SEED_STATE = {123456789, 7};

  private final Reference reference;
  private final Implementation ours;
  private final NamedRandom draws;
  private final Ops tf;
  private final Variables variables;
  private final Map<String, NdArray> weights = new LinkedHashMap<>();
  private final FeedsAndFetches probe = new FeedsAndFetches();

  private EveryLayerStage(Reference reference, Implementation ours, Graph graph) {
    this.reference = reference;
    this.ours = ours;
    this.draws = new NamedRandom(reference.meta().seed());
    this.tf = Ops.create(graph);
    this.variables = new Variables(tf);
  }

  /** Computes all layers that the reference describes. */
  public static Map<TensorKey, NdArray> compute(Reference reference, Implementation ours) {
    Map<String, String> descriptions = descriptions(reference);
    if (descriptions.isEmpty()) {
      return Map.of();
    }
    try (Graph graph = NativeRuntime.graph()) {
      EveryLayerStage stage = new EveryLayerStage(reference, ours, graph);
      descriptions.forEach(
          (name, json) -> stage.add(KerasConfig.sequential(json, name, FOLDER + name)));
      try (GraphSession session = new GraphSession(graph, stage.variables, ours.session())) {
        session.restore(new WeightMap(stage.weights));
        Map<TensorKey, NdArray> found = new LinkedHashMap<>(stage.probe.run(session));
        found.replaceAll((key, value) -> floats(value));
        return found;
      }
    }
  }

  /** The descriptions of the models as Keras writes them, by name; empty if there are none. */
  private static Map<String, String> descriptions(Reference reference) {
    Map<String, String> descriptions = new LinkedHashMap<>();
    reference
        .files()
        .forEach(
            (file, content) -> {
              if (file.startsWith(FOLDER)) {
                descriptions.put(
                    file.substring(FOLDER.length(), file.length() - ENDING.length()),
                    new String(content, StandardCharsets.UTF_8));
              }
            });
    return descriptions;
  }

  /** Compares the descriptions that this program writes with those of Keras. */
  public static List<TensorComparison> written(Reference reference) {
    WrittenDescriptions written = new WrittenDescriptions(reference.meta().variant());
    List<TensorComparison> comparisons = new ArrayList<>();
    descriptions(reference)
        .forEach(
            (name, keras) -> {
              Sequential model = KerasConfig.sequential(keras, name, FOLDER + name);
              String ours = KerasDescription.json(model).toString();
              TensorKey key = new TensorKey(Stage.EVERY_LAYER, name + "/description");
              comparisons.add(written.compare(key, ours, keras));
            });
    return comparisons;
  }

  private void add(Sequential model) {
    reference.requireShape(
        new TensorKey(Stage.EVERY_LAYER, model.name() + "/training"), model.outputShape());
    model.build(tf, variables, () -> 0);
    model.weights().forEach((path, weight) -> weights.put(path, start(path, weight.shape())));
    for (Sequential.Node node : model.nodes()) {
      if (node.layer().isRandom()) {
        String layer = VariablePaths.layer(model.name(), node.name());
        weights.put(
            VariablePaths.seed(layer), NdArray.ofLongs(SEED_STATE, List.of(SEED_STATE.length)));
      }
    }
    Placeholder<TFloat32> x =
        probe.feed(
            tf, draws.noise(name(model, "input"), reference.meta().batchOf(model.inputShape())));
    fetch(model, "inference", apply(model, Pass.Mode.INFERENCE, x).output());
    addTraining(model, apply(model, Pass.Mode.TRAINING, x));
  }

  private void addTraining(Sequential model, Application trained) {
    Operand<TFloat32> y = trained.output();
    Placeholder<TFloat32> dy =
        probe.feed(
            tf,
            draws.noise(name(model, "upstream"), reference.meta().batchOf(model.outputShape())));
    fetch(model, "training", y);
    fetch(model, "gradient", trained.inputGradient(tf, y, dy));
    int prefix = VariablePaths.prefix(model.name()).length();
    trained
        .weightGradients(tf, y, dy)
        .forEach((path, value) -> fetch(model, "gradient/" + path.substring(prefix), value));
    trained
        .stateUpdates()
        .forEach((path, value) -> fetch(model, "after/" + path.substring(prefix), value));
  }

  private Application apply(Sequential model, Pass.Mode mode, Placeholder<TFloat32> x) {
    Pass pass =
        new Pass(
            tf.withSubScope(mode.name()),
            mode,
            ours.gan().form(),
            Precision.FLOAT32,
            MovingAverage.KERAS,
            layer -> variables.get(VariablePaths.seed(layer), TInt64.class).read(tf));
    return model.apply(pass, path -> variables.getFloat(path).read(tf), x);
  }

  /** The value of a weight before the training. */
  private NdArray start(String path, List<Integer> shape) {
    double[] normal = draws.normal(FOLDER + path, Math.toIntExact(NdArray.elements(shape)));
    float[] values = new float[normal.length];
    for (int i = 0; i < values.length; i++) {
      double n = normal[i];
      double value = path.endsWith("variance") ? 0.3 + 0.3 * n * n : 0.3 * n;
      values[i] = (float) (path.endsWith("/gamma") ? value + 1 : value);
    }
    return NdArray.ofFloats(values, shape);
  }

  private void fetch(Sequential model, String part, Operand<?> tensor) {
    probe.fetch(Stage.EVERY_LAYER, model.name() + "/" + part, tensor);
  }

  private static String name(Sequential model, String input) {
    return FOLDER + model.name() + "/" + input;
  }

  /** The seeds as floats, since references hold floats. */
  private static NdArray floats(NdArray array) {
    if (array.dtype() == DType.FLOAT32) {
      return array;
    }
    long[] numbers = array.longs();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return NdArray.ofFloats(values, array.shape());
  }
}
