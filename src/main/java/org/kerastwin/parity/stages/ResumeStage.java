package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.TrainingCheckpoint;
import org.kerastwin.training.Losses;
import org.kerastwin.weights.WeightMap;

/**
 * A short training, and the same training stopped within an epoch and resumed. Its losses, epochs
 * and samples are compared with Keras, its files with its checkpoint, the resumed run with the
 * uninterrupted one.
 */
final class ResumeStage {
  private static final long STOP = 3;
  private static final int LOSSES = 3;

  /** The losses and outputs of all steps in a checkpoint. */
  private static final String SERIES = "training/series";

  /** The step of the last checkpoint but one: the end of the second epoch. */
  private static final long PREVIOUS = 4;

  /** The name of the network in reports. */
  private final String network;

  private final Implementation ours;
  private final ShortTraining training;
  private final List<TensorComparison> comparisons = new ArrayList<>();

  /** Prepares the runs. */
  ResumeStage(String network, Implementation ours, long seed) {
    this.network = network;
    this.ours = ours;
    this.training = new ShortTraining(ours, seed);
  }

  /** Trains both runs, and compares them with each other and with their files. */
  StageResult compute() throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path whole = temporary.path().resolve("whole");
      ShortTraining.Recording recording = training.run(whole, OptionalLong.empty());
      NdArray samples = recording.samples().get(recording.samples().size() - 1);
      Map<String, NdArray> expected = state(whole);
      comparisons.addAll(
          RunFilesStage.compute(
              network, ours, training.config(), whole, new WeightMap(expected), samples));
      Path resumed = temporary.path().resolve("resumed");
      training.run(resumed, OptionalLong.of(STOP));
      compareStep("stopped", new RunFiles(resumed).checkpoint(), STOP);
      compareConfig(resumed);
      training.resume(resumed);
      compareStep("previous", new RunFiles(whole).checkpoints().previous(), PREVIOUS);
      compareStep("resumed_previous", new RunFiles(resumed).checkpoints().previous(), PREVIOUS);
      Map<String, NdArray> found = state(resumed);
      expected.forEach(
          (name, value) ->
              comparisons.add(
                  TensorComparison.between(network, key(name), found.get(name), value.floats())));
      Map<TensorKey, NdArray> loop = loop(whole, recording);
      put(loop, "samples", samples);
      return new StageResult(loop, comparisons);
    }
  }

  /** Compares the number of steps in a checkpoint. */
  private void compareStep(String name, Path checkpoint, long expected) {
    long found =
        Files.exists(checkpoint) ? Npz.read(checkpoint, TrainingCheckpoint.STEP).longs()[0] : -1;
    comparisons.add(
        TensorComparison.between(
            network,
            key(name + "/step"),
            NdArray.ofFloats(new float[] {found}, List.of(1)),
            new float[] {expected}));
  }

  private void compareConfig(Path run) {
    try (RunFolder folder = RunFolder.resume(run)) {
      RunConfig found = ShortTraining.config(folder);
      if (!found.equals(training.config())) {
        comparisons.add(
            TensorComparison.failed(
                network,
                key("config.json"),
                "expected %s, received %s".formatted(training.config(), found)));
      }
    }
  }

  private static TensorKey key(String name) {
    return new TensorKey(Stage.RESUME, name);
  }

  /** The last checkpoint, the history and the last picture; as bytes, except for float32 arrays. */
  private static Map<String, NdArray> state(Path run) throws IOException {
    Map<String, NdArray> found = new LinkedHashMap<>();
    Npz.readAll(new RunFiles(run).checkpoint())
        .forEach(
            (name, array) -> {
              // A healthy run has no alarms, and an empty array can't be compared.
              if (array.size() > 0) {
                found.put(name, comparable(array));
              }
            });
    found.put("history.csv", TrainingLoopStages.text(new RunFiles(run).history()));
    found.put("picture", TrainingLoopStages.text(lastPicture(run)));
    return found;
  }

  private static Path lastPicture(Path run) throws IOException {
    try (Stream<Path> pictures = Files.list(run.resolve("images"))) {
      return pictures
          .filter(file -> file.toString().endsWith(".png"))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new NoSuchFileException(run.resolve("images").toString()));
    }
  }

  private static NdArray comparable(NdArray array) {
    if (array.dtype() == DType.FLOAT32) {
      return array;
    }
    ByteBuffer data = array.data();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return TrainingLoopStages.bytes(bytes);
  }

  private static Map<TensorKey, NdArray> loop(Path run, ShortTraining.Recording recording)
      throws IOException {
    List<String> rows = Files.readAllLines(new RunFiles(run).history());
    int steps = rows.size() - 1;
    float[] epochs = new float[steps];
    float[] losses = new float[steps * LOSSES];
    for (int step = 0; step < steps; step++) {
      String[] cells = rows.get(step + 1).split(",", -1);
      epochs[step] = Float.parseFloat(cells[1]);
      for (int i = 0; i < LOSSES; i++) {
        losses[step * LOSSES + i] = Float.parseFloat(cells[2 + i]);
      }
    }
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    put(found, "epochs", NdArray.ofFloats(epochs, List.of(steps)));
    put(found, "losses", NdArray.ofFloats(losses, List.of(steps, LOSSES)));
    put(found, "outputs", outputs(run));
    put(found, "progress", rows(recording.progress()));
    put(found, "means", rows(recording.means().stream().map(Losses::values).toList()));
    put(found, "picture", GridStage.read(Files.readAllBytes(lastPicture(run))));
    return found;
  }

  private static void put(Map<TensorKey, NdArray> found, String name, NdArray values) {
    found.put(new TensorKey(Stage.LOOP, name), values);
  }

  /** The mean outputs of the discriminator: on real images and on fakes in each step. */
  private static NdArray outputs(Path run) {
    NdArray series = Npz.read(new RunFiles(run).checkpoint(), SERIES);
    int steps = series.shape().get(0);
    int columns = series.shape().get(1);
    float[] outputs = new float[steps * (columns - LOSSES)];
    for (int step = 0; step < steps; step++) {
      System.arraycopy(
          series.floats(),
          step * columns + LOSSES,
          outputs,
          step * (columns - LOSSES),
          columns - LOSSES);
    }
    return NdArray.ofFloats(outputs, List.of(steps, columns - LOSSES));
  }

  private static NdArray rows(List<float[]> rows) {
    int columns = rows.get(0).length;
    float[] values = new float[rows.size() * columns];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * columns, columns);
    }
    return NdArray.ofFloats(values, List.of(rows.size(), columns));
  }
}
