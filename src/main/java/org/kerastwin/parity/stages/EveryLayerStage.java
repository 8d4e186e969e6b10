package org.kerastwin.parity.stages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * Layers of every kind that this program has, one at a time: their initial weights, the output in
 * inference and in training, the gradients, the state after a training, and the output with folded
 * batch normalization. The reference describes them as Keras does. The notebook uses few of them;
 * any other model may use all.
 */
final class EveryLayerStage {
  /** The folder of the descriptions, and how they end. */
  private static final String FOLDER = Stage.EVERY_LAYER.id() + "/";

  private static final String ENDING = ".json";

  /** How descriptions end that this program reads, but writes in another form. */
  private static final String READ_ENDING = ".read.json";

  private final Reference reference;
  private final Implementation ours;
  private final List<LayerCase> cases = new ArrayList<>();
  private final List<TensorComparison> comparisons = new ArrayList<>();

  private EveryLayerStage(Reference reference, Implementation ours) {
    this.reference = reference;
    this.ours = ours;
  }

  /** Computes all layers that the reference describes; most references describe none. */
  static StageResult compute(Reference reference, Implementation ours) {
    EveryLayerStage stage = new EveryLayerStage(reference, ours);
    reference.files().forEach(stage::add);
    Map<TensorKey, NdArray> tensors = new LinkedHashMap<>();
    stage.cases.forEach(each -> tensors.putAll(stage.tensors(each)));
    stage.cases.forEach(stage::compareFolded);
    return new StageResult(tensors, stage.comparisons);
  }

  private void add(String file, byte[] content) {
    if (!file.startsWith(FOLDER)) {
      return;
    }
    boolean isWritten = !file.endsWith(READ_ENDING);
    int end = file.length() - (isWritten ? ENDING : READ_ENDING).length();
    String name = file.substring(FOLDER.length(), end);
    String keras = new String(content, StandardCharsets.UTF_8);
    Sequential model = KerasConfig.sequential(keras, name, FOLDER + name);
    LayerCase added = new LayerCase(model, ours.gan().form(), reference);
    cases.add(added);
    if (isWritten) {
      String written = KerasDescription.json(model).toString();
      comparisons.add(
          new WrittenDescriptions(reference.meta().variant())
              .compare(added.key("description"), written, keras));
    }
  }

  /** Uses a graph of its own, since the time to add gradients grows with the size of the graph. */
  private Map<TensorKey, NdArray> tensors(LayerCase each) {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      FeedsAndFetches probe = new FeedsAndFetches();
      each.build(tf, variables);
      each.addTo(probe, tf, variables);
      try (GraphSession session = new GraphSession(graph, variables, ours.session())) {
        WeightMap start = each.start();
        Map<TensorKey, NdArray> found = new LinkedHashMap<>();
        if (!start.paths().isEmpty()) {
          session.initialize();
          found.putAll(initial(each, session.weights(start.paths())));
          session.restore(start);
        }
        found.putAll(probe.run(session));
        found.replaceAll((key, value) -> value.longsAsFloat32());
        return found;
      }
    }
  }

  private Map<TensorKey, NdArray> initial(LayerCase each, WeightMap weights) {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    weights
        .tensors()
        .forEach(
            (path, value) -> {
              TensorKey key = each.key("initial/" + each.relative(path));
              // Models that are only read have none.
              if (reference.tensors().containsKey(key)) {
                found.put(key, value);
              }
            });
    return found;
  }

  /** Folding the batch normalizations must not change the output. */
  private void compareFolded(LayerCase each) {
    FoldedModel folded = FoldedModel.of(each.model(), each.start());
    if (!folded.model().weights().equals(each.model().weights())) {
      List<NdArray> outputs = InferenceOutputs.of(folded.model(), folded.weights(), each.input());
      comparisons.add(
          reference.compare(
              each.key("inference.folded"),
              outputs.get(outputs.size() - 1),
              each.key("inference")));
    }
  }
}
