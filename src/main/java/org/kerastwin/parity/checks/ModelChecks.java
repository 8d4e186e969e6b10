package org.kerastwin.parity.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.IoFailure;
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
 * Checks of a model that need no reference: in whatever form it is written, what is read again has
 * the same weights and gives the same images.
 *
 * @param name what to call it
 * @param network its layers
 * @param weights its weights, by path
 */
public record ModelChecks(String name, Sequential network, WeightMap weights) {
  private static final int BATCH = 4;
  private static final long SEED = 0;

  /** Makes the checks. */
  public Report run() {
    List<TensorComparison> verdicts = new ArrayList<>();
    List<String> notApplicable = new ArrayList<>();
    NdArray input = new NamedRandom(SEED).input(network, BATCH);
    float[] outputs = run(network, weights, input).floats();
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      addArchive(verdicts, temporary.path().resolve("weights.npz"), input, outputs);
      if (KerasDescription.describes(network)) {
        for (KerasFile.Format format : KerasFile.Format.values()) {
          Path file = temporary.path().resolve("model" + format.ending());
          addKerasFile(verdicts, format, file, input, outputs);
        }
      } else {
        notApplicable.add(name + ", files: Keras has no layer for folded batch normalization");
      }
      addSavedModels(verdicts, input, outputs);
    } catch (IOException e) {
      throw IoFailure.of("folder", System.getProperty("java.io.tmpdir"), "one to write to", e);
    }
    return new Report(verdicts, notApplicable);
  }

  /**
   * Whether a SavedModel, by its own graph, gives what the layers give with the weights.
   *
   * @param folder what the weights were read from
   * @throws EnvironmentException if it is no model that can be run, or not of our own graph
   */
  public Report ofSavedModel(Path folder) {
    NdArray input = new NamedRandom(SEED).input(network, BATCH);
    NdArray served;
    SavedModelFolder.open(folder).requireGraph(ModelGraph.of(network), weights);
    try (LoadedModel loaded = LoadedModel.open(folder)) {
      served = loaded.run(input, BATCH);
    }
    float[] outputs = run(network, weights, input).floats();
    String tensor = TensorKey.OUTPUT + ".as_it_is";
    return new Report(List.of(verdict(Stage.SAVEDMODEL, tensor, served, outputs)), List.of());
  }

  private static NdArray run(Sequential model, WeightMap values, NdArray input) {
    try (InferenceSession session =
        new InferenceSession(model, values, Device.CPU, Pass.Form.EXACT)) {
      return session.run(input, BATCH);
    }
  }

  private void addArchive(
      List<TensorComparison> verdicts, Path file, NdArray input, float[] outputs) {
    Npz.write(file, weights.tensors(), ZipWriter.Compression.STORED);
    WeightMap read = new WeightMap(Npz.readAll(file));
    addRead(verdicts, ".npz/", read, run(network, read, input), outputs);
  }

  private void addKerasFile(
      List<TensorComparison> verdicts,
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
    // The layers as the file describes them; a .weights.h5 does not.
    Sequential described =
        read.description()
            .model()
            .map(json -> KerasConfig.sequential(json, network.name(), file))
            .orElse(network);
    WeightMap values = read.weights(variables);
    addRead(verdicts, format.ending() + "/", values, run(described, values, input), outputs);
  }

  private void addRead(
      List<TensorComparison> verdicts,
      String form,
      WeightMap read,
      NdArray again,
      float[] outputs) {
    weights
        .tensors()
        .forEach(
            (path, value) ->
                verdicts.add(verdict(Stage.FILES, form + path, read.get(path), value.floats())));
    verdicts.add(verdict(Stage.FILES, form + "output", again, outputs));
  }

  private void addSavedModels(List<TensorComparison> verdicts, NdArray input, float[] outputs)
      throws IOException {
    InferenceGraph graph = ModelGraph.of(network, "input", TensorKey.OUTPUT);
    NdArray reloaded = SavedModelStage.reload(graph, weights, input);
    verdicts.add(verdict(Stage.SAVEDMODEL, TensorKey.OUTPUT, reloaded, outputs));
    NdArray frozen = SavedModelStage.reload(graph.frozen(weights), weights, input);
    verdicts.add(verdict(Stage.SAVEDMODEL, TensorKey.OUTPUT + ".frozen", frozen, outputs));
  }

  private TensorComparison verdict(Stage stage, String tensor, NdArray ours, float[] expected) {
    return TensorComparison.between(name, new TensorKey(stage, tensor), ours, expected);
  }
}
