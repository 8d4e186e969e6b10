package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.KerasFile.Description;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.kerasmodel.OptimizerConfig;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.weights.WeightMap;

/**
 * Two small models in files that Keras wrote: a trained one in all formats, with the state of its
 * Adam, and one of all layers. Their kernels are not square and their settings are not the
 * defaults. Each is read and run, then written by this program and read again.
 */
final class KerasFilesStage {
  private static final String TRAINED = "small";
  private static final String OF_ALL_LAYERS = "layers.keras";

  private final Reference reference;

  private final Map<TensorKey, NdArray> tensors = new LinkedHashMap<>();
  private final List<TensorComparison> comparisons = new ArrayList<>();

  private KerasFilesStage(Reference reference) {
    this.reference = reference;
  }

  /** A file and the layers of its model. */
  private record Content(KerasFile file, Sequential model, Optional<AdamSettings> adam) {
    ModelVariables variables() {
      return KerasConfig.variables(model);
    }

    WeightMap weights() {
      return file.weights(variables());
    }
  }

  /**
   * Reads all files of a reference; most have none. Compares folded models with Keras, and models
   * that were written and read again with the first reading.
   */
  static StageResult compute(Reference reference) throws IOException {
    KerasFilesStage stage = new KerasFilesStage(reference);
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      // The file with the shape of every layer comes first; see Reference.requireShape.
      Set<String> names = new TreeSet<>(reference.files().keySet());
      names.removeIf(name -> KerasFile.Format.of(Path.of(name)).isEmpty());
      for (String name : names) {
        Files.write(temporary.path().resolve(name), reference.files().get(name));
      }
      Path again = Files.createDirectory(temporary.path().resolve("again"));
      for (String name : names) {
        stage.add(name, temporary.path(), again);
      }
    }
    return new StageResult(stage.tensors, stage.comparisons);
  }

  private void add(String name, Path folder, Path again) {
    Content found = content(folder.resolve(name), folder);
    Map<TensorKey, NdArray> read = tensors(name, found);
    tensors.putAll(read);
    compareFolded(name, found);
    KerasFile.Format format = KerasFile.Format.of(again.resolve(name)).orElseThrow();
    Path copy = again.resolve(name);
    Description description = KerasDescription.of(format, found.model(), found.adam());
    KerasFile.write(
        copy,
        found.variables(),
        description,
        found.weights(),
        found.file().slots(found.variables()));
    found
        .file()
        .description()
        .model()
        .ifPresent(
            keras ->
                comparisons.add(
                    new WrittenDescriptions(reference.meta().variant())
                        .compare(
                            new TensorKey(Stage.FILES, "written/" + name + "/description"),
                            description.model().orElseThrow(),
                            keras)));
    Map<TensorKey, NdArray> copied = tensors(name, content(copy, folder));
    read.forEach(
        (key, value) ->
            comparisons.add(
                TensorComparison.between(
                    reference.meta().variant(),
                    new TensorKey(Stage.FILES, "written/" + key.name()),
                    copied.get(key),
                    value.floats())));
  }

  /** Folding the batch normalizations must not change the output. */
  private void compareFolded(String name, Content content) {
    TensorKey output = key(name, TensorKey.OUTPUT);
    if (reference.tensors().containsKey(output)) {
      FoldedModel folded = FoldedModel.of(content.model(), content.weights());
      List<NdArray> outputs = outputs(folded.model(), folded.weights());
      comparisons.add(
          reference.compare(
              key(name, TensorKey.OUTPUT + ".folded"), outputs.get(outputs.size() - 1), output));
    }
  }

  /**
   * Reads a file. A {@code .weights.h5} does not describe its layers, so the {@code .keras} file of
   * the same model does.
   */
  private static Content content(Path path, Path folder) {
    KerasFile file = KerasFile.read(path);
    String name = path.getFileName().toString();
    Sequential model =
        KerasConfig.sequential(
            file.description()
                .model()
                .orElseGet(
                    () ->
                        KerasFile.read(folder.resolve(TRAINED + ".keras"))
                            .description()
                            .model()
                            .orElseThrow()),
            name.substring(0, name.indexOf('.')),
            name);
    return new Content(file, model, OptimizerConfig.adam(file.description(), name));
  }

  private Map<TensorKey, NdArray> tensors(String name, Content content) {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    ModelVariables variables = content.variables();
    put(found, name, content.weights().withoutSeeds());
    content.file().slots(variables).ifPresent(slots -> put(found, name, slots));
    found.remove(new TensorKey(Stage.FILES, name + "/" + variables.learningRate()));
    content.adam().ifPresent(adam -> found.put(key(name, "adam"), settings(adam)));
    List<LayerNode> layers = content.model().nodes();
    int first = name.equals(OF_ALL_LAYERS) ? 0 : layers.size() - 1;
    for (int i = first; i < layers.size(); i++) {
      reference.requireShape(outputKey(name, layers.get(i)), layers.get(i).output());
    }
    List<NdArray> outputs = outputs(content.model(), content.weights());
    for (int i = first; i < layers.size(); i++) {
      found.put(outputKey(name, layers.get(i)), outputs.get(i));
    }
    return found;
  }

  private static TensorKey outputKey(String file, LayerNode layer) {
    return key(file, file.equals(OF_ALL_LAYERS) ? "outputs/" + layer.name() : TensorKey.OUTPUT);
  }

  private List<NdArray> outputs(Sequential model, WeightMap weights) {
    String input = model.name().equals(TRAINED) ? "files/input" : "files/layers";
    NamedRandom draws = new NamedRandom(reference.meta().seed());
    return InferenceOutputs.of(
        model, weights, draws.noise(input, reference.meta().batchOf(model.inputShape())));
  }

  private static NdArray settings(AdamSettings adam) {
    float[] values = {
      (float) adam.learningRate(),
      (float) adam.beta1(),
      (float) adam.beta2(),
      (float) adam.epsilon()
    };
    return NdArray.ofFloats(values, List.of(values.length));
  }

  private static TensorKey key(String file, String name) {
    return new TensorKey(Stage.FILES, file + "/" + name);
  }

  private static void put(Map<TensorKey, NdArray> found, String file, WeightMap values) {
    values.tensors().forEach((path, value) -> found.put(key(file, path), value.longsAsFloat32()));
  }
}
