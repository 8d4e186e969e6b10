package org.kerastwin.parity.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.stages.SavedModelStage;
import org.kerastwin.runtime.Device;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelFolder;
import org.kerastwin.weights.WeightMap;

/**
 * Checks a model without a reference: written in any form and read back, it must have the same
 * weights and outputs.
 *
 * @param name its name in reports
 * @param network its layers
 * @param weights its weights, by path
 */
public record ModelChecks(String name, Sequential network, WeightMap weights) {
  private static final int BATCH = 4;
  private static final long SEED = 0;

  /** Runs the checks. */
  public Report run() {
    List<TensorComparison> comparisons = new ArrayList<>();
    List<String> notApplicable = new ArrayList<>();
    NdArray input = new NamedRandom(SEED).input(network, BATCH);
    float[] outputs = run(network, weights, input).floats();
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      addArchive(comparisons, temporary.path().resolve("weights.npz"), input, outputs);
      if (KerasDescription.describes(network)) {
        for (KerasFile.Format format : KerasFile.Format.values()) {
          Path file = temporary.path().resolve("model" + format.ending());
          addKerasFile(comparisons, format, file, input, outputs);
        }
      } else {
        notApplicable.add(name + ", files: Keras has no layer for folded batch normalization");
      }
      addSavedModels(comparisons, input, outputs);
    } catch (IOException e) {
      throw TemporaryFolder.unwritable(e);
    }
    return new Report(comparisons, notApplicable);
  }

  /**
   * Compares the output of the graph in a SavedModel with that of our layers.
   *
   * @param folder the SavedModel that the weights were read from
   * @throws EnvironmentException if the model cannot be run or its graph is not ours
   */
  public Report ofSavedModel(Path folder) {
    NdArray input = new NamedRandom(SEED).input(network, BATCH);
    NdArray served;
    SavedModelFolder saved = SavedModelFolder.open(folder);
    InferenceGraph graph = ModelGraph.of(network);
    boolean isFrozen = saved.variables().paths().isEmpty();
    saved.requireGraph(isFrozen ? graph.frozen(weights) : graph, weights);
    try (LoadedModel loaded = LoadedModel.open(folder)) {
      served = loaded.run(input, BATCH);
    }
    float[] outputs = run(network, weights, input).floats();
    String tensor = TensorKey.OUTPUT + ".as_it_is";
    return new Report(List.of(comparison(Stage.SAVEDMODEL, tensor, served, outputs)), List.of());
  }

  private static NdArray run(Sequential model, WeightMap values, NdArray input) {
    try (InferenceSession session =
        new InferenceSession(model, values, Device.CPU, Pass.Form.EXACT)) {
      return session.run(input, BATCH);
    }
  }

  private void addArchive(
      List<TensorComparison> comparisons, Path file, NdArray input, float[] outputs) {
    Npz.write(file, weights.tensors(), ZipWriter.Compression.STORED);
    WeightMap read = new WeightMap(Npz.readAll(file));
    addRead(comparisons, ".npz/", read, run(network, read, input), outputs);
  }

  private void addKerasFile(
      List<TensorComparison> comparisons,
      KerasFile.Format format,
      Path file,
      NdArray input,
      float[] outputs) {
    ModelVariables variables = KerasConfig.variables(network);
    KerasFile.write(
        file,
        variables,
        KerasDescription.of(format, network, Optional.empty()),
        weights,
        Optional.empty());
    KerasFile read = KerasFile.read(file);
    // The layers described in the file; a .weights.h5 has none.
    Sequential described =
        read.description()
            .model()
            .map(json -> KerasConfig.sequential(json, network.name(), file))
            .orElse(network);
    WeightMap values = read.weights(variables);
    addRead(comparisons, format.ending() + "/", values, run(described, values, input), outputs);
  }

  private void addRead(
      List<TensorComparison> comparisons,
      String form,
      WeightMap read,
      NdArray again,
      float[] outputs) {
    weights
        .tensors()
        .forEach(
            (path, value) ->
                comparisons.add(
                    comparison(Stage.FILES, form + path, read.get(path), value.floats())));
    comparisons.add(comparison(Stage.FILES, form + "output", again, outputs));
  }

  private void addSavedModels(List<TensorComparison> comparisons, NdArray input, float[] outputs)
      throws IOException {
    InferenceGraph graph = ModelGraph.of(network, "input", TensorKey.OUTPUT);
    NdArray reloaded = SavedModelStage.reload(graph, weights, input);
    comparisons.add(comparison(Stage.SAVEDMODEL, TensorKey.OUTPUT, reloaded, outputs));
    NdArray frozen = SavedModelStage.reload(graph.frozen(weights), weights, input);
    comparisons.add(comparison(Stage.SAVEDMODEL, TensorKey.OUTPUT + ".frozen", frozen, outputs));
  }

  private TensorComparison comparison(Stage stage, String tensor, NdArray ours, float[] expected) {
    return TensorComparison.between(name, new TensorKey(stage, tensor), ours, expected);
  }
}
