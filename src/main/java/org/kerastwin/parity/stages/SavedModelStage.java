package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/**
 * The network exported as a SavedModel and loaded back, also frozen and with folded batch
 * normalization; and which of its variables other programs can train.
 */
public final class SavedModelStage {
  private final Reference reference;
  private final NdArray input;
  private final Map<TensorKey, NdArray> tensors = new LinkedHashMap<>();
  private final List<TensorComparison> comparisons = new ArrayList<>();

  private SavedModelStage(Reference reference, NdArray input) {
    this.reference = reference;
    this.input = input;
  }

  /** Exports a network in all forms, and runs each in batches of two sizes. */
  static StageResult compute(
      Reference reference, Sequential network, WeightMap weights, NdArray input)
      throws IOException {
    SavedModelStage stage = new SavedModelStage(reference, input);
    InferenceGraph graph = ModelGraph.of(network, "input", TensorKey.OUTPUT);
    FoldedModel folded = FoldedModel.of(network, weights);
    stage.compareTrainable(stage.add("", graph, weights));
    stage.add(".frozen", graph.frozen(weights), weights);
    stage.add(".folded", ModelGraph.of(folded.model()), folded.weights());
    return new StageResult(stage.tensors, stage.comparisons);
  }

  /** Exports a network, and returns the paths of its trainable variables. */
  private List<String> add(String form, InferenceGraph graph, WeightMap weights)
      throws IOException {
    TensorKey key = new TensorKey(Stage.SAVEDMODEL, TensorKey.OUTPUT + form);
    int rows = input.shape().get(0);
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path folder = written(graph, weights, temporary);
      try (LoadedModel loaded = LoadedModel.open(folder)) {
        tensors.put(key, loaded.run(input, rows));
        compareBatches(key, loaded.run(input, Math.max(1, rows - 1)));
      }
      return trainable(folder);
    }
  }

  /** Batches of any size must give the same output. */
  private void compareBatches(TensorKey output, NdArray batches) {
    TensorKey key = new TensorKey(Stage.SAVEDMODEL, output.name() + ".batches");
    comparisons.add(reference.compare(key, batches, output));
  }

  /** The trainable variables must be those that have gradients in Keras. */
  private void compareTrainable(List<String> trainable) {
    List<String> expected =
        reference.tensors().keySet().stream()
            .filter(key -> key.stage() == Stage.GRADIENT)
            .map(TensorKey::name)
            .sorted()
            .toList();
    // References of models with random layers have no gradients.
    if (!expected.isEmpty() && !expected.equals(trainable)) {
      comparisons.add(
          TensorComparison.failed(
              reference.meta().variant(),
              new TensorKey(Stage.SAVEDMODEL, "trainable_variables"),
              "expected %s, received %s".formatted(expected, trainable)));
    }
  }

  /**
   * Exports a network, loads it back and runs it.
   *
   * @param input {@code [batch, …]}
   * @return the output
   */
  public static NdArray reload(InferenceGraph network, WeightMap weights, NdArray input)
      throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder();
        LoadedModel loaded = LoadedModel.open(written(network, weights, temporary))) {
      return loaded.run(input, input.shape().get(0));
    }
  }

  private static Path written(InferenceGraph network, WeightMap weights, TemporaryFolder temporary)
      throws IOException {
    Path folder = temporary.path().resolve("saved_model");
    SavedModelWriter.write(network, weights, folder);
    return folder;
  }

  /** The sorted paths of the trainable variables, as Keras and TensorFlow find them on loading. */
  private static List<String> trainable(Path folder) throws IOException {
    List<SavedObject> objects =
        SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")))
            .getMetaGraphs(0)
            .getObjectGraphDef()
            .getNodesList();
    int list = children(objects.get(0)).get("trainable_variables");
    return children(objects.get(list)).values().stream()
        .map(id -> objects.get(id).getVariable().getName())
        .sorted()
        .toList();
  }

  private static Map<String, Integer> children(SavedObject object) {
    return object.getChildrenList().stream()
        .collect(Collectors.toMap(ObjectReference::getLocalName, ObjectReference::getNodeId));
  }
}
