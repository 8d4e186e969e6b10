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
import org.kerastwin.run.EpochOutput;
import org.kerastwin.run.Trainer;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.training.Losses;

/**
 * A short run with averaged weights, and the same run stopped within an epoch and resumed. The
 * losses, epochs and samples of the first are compared with Keras, the resumed run with the first.
 */
public final class ResumeStage {
  private static final int EPOCHS = 3;
  private static final long STOP = 3;
  private static final int LOSSES = 3;

  /** Halves the old average in each step, so that it differs from the weights. */
  private static final double EMA = 0.5;

  /** The name of the network in reports. */
  private final String network;

  private final Implementation ours;
  private final long seed;

  /** Prepares the runs. */
  public ResumeStage(String network, Implementation ours, long seed) {
    this.network = network;
    this.ours = ours;
    this.seed = seed;
  }

  /**
   * The results of the runs.
   *
   * @param loop the tensors to compare with Keras
   * @param resumed the comparison of the two runs
   */
  public record Result(Map<TensorKey, NdArray> loop, List<TensorComparison> resumed) {}

  /** Trains both runs. */
  public Result compute() throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path whole = temporary.path().resolve("whole");
      List<NdArray> samples = new ArrayList<>();
      train(whole, OptionalLong.empty(), end -> samples.add(end.samples()));
      Path resumed = temporary.path().resolve("resumed");
      train(resumed, OptionalLong.of(STOP), end -> {});
      resume(resumed);
      Map<String, NdArray> expected = state(whole);
      Map<String, NdArray> found = state(resumed);
      List<TensorComparison> comparisons =
          expected.entrySet().stream()
              .map(
                  entry ->
                      TensorComparison.between(
                          network,
                          new TensorKey(Stage.RESUME, entry.getKey()),
                          found.get(entry.getKey()),
                          entry.getValue().floats()))
              .toList();
      Map<TensorKey, NdArray> loop = loop(whole);
      loop.put(new TensorKey(Stage.LOOP, "samples"), samples.get(samples.size() - 1));
      return new Result(loop, comparisons);
    }
  }

  private void train(Path path, OptionalLong maxSteps, EpochOutput output) {
    try (RunFolder folder = RunFolder.create(path)) {
      trainer(folder, output).begin(new Trainer.Limits(maxSteps, () -> false));
    }
  }

  private void resume(Path path) {
    try (RunFolder folder = RunFolder.resume(path)) {
      trainer(folder, end -> {}).resume(new Trainer.Limits(OptionalLong.empty(), () -> false));
    }
  }

  private Trainer trainer(RunFolder folder, EpochOutput output) {
    RunConfig config =
        new RunConfig(
            TrainingLoopStages.settings(ours).withEma(EMA),
            EPOCHS,
            seed,
            EPOCHS,
            RunConfig.DEFAULT_CHECKPOINT_MINUTES,
            0,
            Map.of(),
            new RunConfig.Source("digits", "digits", "embedded", ""),
            Map.of());
    return new Trainer(
        config,
        folder,
        TrainingLoopStages.images(),
        ours.device(),
        List.of(output),
        new Silent(),
        warning -> {});
  }

  /** Ignores the progress. */
  private static final class Silent implements TrainingListener {
    @Override
    public void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch) {}

    @Override
    public void stepDone(Losses losses) {}

    @Override
    public void epochEnded(int epoch, Losses mean, Path images) {}
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

  private static Map<TensorKey, NdArray> loop(Path run) throws IOException {
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
    found.put(new TensorKey(Stage.LOOP, "epochs"), NdArray.ofFloats(epochs, List.of(steps)));
    found.put(
        new TensorKey(Stage.LOOP, "losses"), NdArray.ofFloats(losses, List.of(steps, LOSSES)));
    found.put(
        new TensorKey(Stage.LOOP, "picture"), GridStage.read(Files.readAllBytes(lastPicture(run))));
    return found;
  }
}
