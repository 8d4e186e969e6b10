package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;

/**
 * The files that a training leaves, compared with its last checkpoint: the models hold the average
 * of the weights, or the weights themselves, and the samples come from the average.
 */
final class RunFilesStage {
  /** The files of three epochs if models are saved every two epochs and at the end. */
  private static final List<String> FILES =
      List.of(
          "images/epoch-001.png",
          "images/epoch-002.png",
          "images/epoch-003.png",
          "models/epoch-002-raw.keras",
          "models/epoch-002.keras",
          "models/epoch-003-raw.keras",
          "models/epoch-003.keras");

  private final String network;
  private final Implementation ours;
  private final RunConfig config;
  private final Path run;
  private final NdArray noise;
  private final List<TensorComparison> comparisons = new ArrayList<>();

  private RunFilesStage(String network, Implementation ours, RunConfig config, Path run) {
    this.network = network;
    this.ours = ours;
    this.config = config;
    this.run = run;
    this.noise = SeededNoise.of(config.seed(), TrainingLoopStages.SAMPLES, config.gan().noiseDim());
  }

  /**
   * Compares the files of a run.
   *
   * @param state the tensors of its last checkpoint
   * @param samples of its last epoch
   */
  static List<TensorComparison> compute(
      String network,
      Implementation ours,
      RunConfig config,
      Path run,
      WeightMap state,
      NdArray samples)
      throws IOException {
    RunFilesStage stage = new RunFilesStage(network, ours, config, run);
    if (!stage.hasAllFiles()) {
      return stage.comparisons;
    }
    WeightMap trained = state.ofModel(stage.generator().name());
    WeightMap averaged = averaged(trained, state);
    stage.compareModel("models/epoch-003-raw.keras", trained);
    stage.compareModel("models/epoch-003.keras", averaged);
    stage.compareImages(key("samples"), samples, averaged);
    try (LoadedModel saved = LoadedModel.open(run.resolve("saved_model"))) {
      stage.compareImages(
          new TensorKey(Stage.SAVEDMODEL, "run_folder"),
          saved.run(stage.noise, stage.noise.shape().get(0)),
          averaged);
    }
    return stage.comparisons;
  }

  private Sequential generator() {
    return config.networks().generator();
  }

  private static WeightMap averaged(WeightMap trained, WeightMap state) {
    Map<String, NdArray> weights = new LinkedHashMap<>(trained.tensors());
    // Not by WeightAverage, which the run itself uses.
    weights.replaceAll(
        (path, value) -> state.tensors().getOrDefault(VariablePaths.average(path), value));
    return new WeightMap(weights);
  }

  private boolean hasAllFiles() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("images", "models")) {
      try (Stream<Path> files = Files.list(run.resolve(folder))) {
        files.map(file -> folder + "/" + file.getFileName()).sorted().forEach(found::add);
      }
    }
    if (!found.equals(FILES)) {
      comparisons.add(
          TensorComparison.failed(
              network, key("names"), "expected %s, received %s".formatted(FILES, found)));
    }
    return comparisons.isEmpty();
  }

  private void compareModel(String file, WeightMap expected) {
    WeightMap found = KerasFile.read(run.resolve(file)).weights(KerasConfig.variables(generator()));
    int prefix = VariablePaths.prefix(generator().name()).length();
    expected
        .tensors()
        .forEach(
            (path, value) ->
                comparisons.add(
                    TensorComparison.between(
                        network,
                        key(file + "/" + path.substring(prefix)),
                        found.get(path),
                        value.floats())));
  }

  /** Compares images of the noise of the samples with those of the weights in the checkpoint. */
  private void compareImages(TensorKey key, NdArray images, WeightMap weights) {
    try (InferenceSession session =
        new InferenceSession(
            generator(), weights, ours.device(), Pass.Form.EXACT, ours.gan().precision())) {
      NdArray expected = session.run(noise, noise.shape().get(0));
      comparisons.add(
          ours.onDevice(TensorComparison.between(network, key, images, expected.floats())));
    }
  }

  private static TensorKey key(String name) {
    return new TensorKey(Stage.LOOP, "files/" + name);
  }
}
