package org.kerastwin.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.image.PixelRange;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.random.NumpyRandom;
import org.kerastwin.report.RunPage;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunConfigFile;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.runtime.Device;
import org.kerastwin.tensorboard.EventFolder;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.training.Losses;

/** Whole runs on 40 random images. */
class TrainerTest {
  private static final int BATCH = 16;

  /** 40 images: three steps of 16 per epoch. */
  private static final int STEPS_PER_EPOCH = 3;

  private static final int EPOCHS = 2;
  private static final Trainer.Limits NONE = new Trainer.Limits(OptionalLong.empty(), () -> false);

  @TempDir Path temporary;
  private final List<String> events = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final List<Losses> means = new ArrayList<>();

  private static Trainer.Limits stopAfter(long steps) {
    return new Trainer.Limits(OptionalLong.of(steps), () -> false);
  }

  private Path folder(String name) {
    return temporary.resolve(name);
  }

  private Trainer.Outcome begin(String name, RunConfig config, Trainer.Limits limits) {
    try (RunFolder folder = RunFolder.create(folder(name))) {
      return trainer(config, folder).begin(limits);
    }
  }

  private Trainer.Outcome resume(String name, RunConfig config, Trainer.Limits limits) {
    try (RunFolder folder = RunFolder.resume(folder(name))) {
      return trainer(config, folder).resume(limits);
    }
  }

  private Trainer trainer(RunConfig config, RunFolder folder) {
    return new Trainer(
        config,
        folder,
        TinyRuns.images(40),
        Device.CPU,
        outputs(config, folder),
        new Listener(),
        warnings::add);
  }

  private static Path events(Path run) {
    return run.resolveSibling(run.getFileName() + "-events");
  }

  private List<EpochOutput> outputs(RunConfig config, RunFolder folder) {
    return List.of(
        new RunReport(config, folder, List.of(new RunPage.NextCommand("Go on", "resume"))),
        new TensorBoardEvents(new EventFolder(events(folder.path())), PixelRange.SYMMETRIC));
  }

  private final class Listener implements TrainingListener {
    @Override
    public void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch) {
      events.add("epoch %d/%d step %d/%d".formatted(epoch, epochs, stepInEpoch, stepsPerEpoch));
    }

    @Override
    public void stepDone(Losses losses) {
      events.add("step");
    }

    @Override
    public void epochEnded(int epoch, Losses mean, Path images) {
      assertTrue(mean.areFinite());
      means.add(mean);
      events.add("end of " + epoch);
    }
  }

  /** All files of a run, by name. */
  private Map<String, List<Byte>> files(String name) throws IOException {
    Map<String, List<Byte>> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder(name))) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        List<Byte> bytes = new ArrayList<>();
        for (byte value : Files.readAllBytes(file)) {
          bytes.add(value);
        }
        files.put(folder(name).relativize(file).toString(), bytes);
      }
    }
    return files;
  }

  private List<String> history(String name) throws IOException {
    return Files.readAllLines(folder(name).resolve("history.csv"));
  }

  /** Stops within an epoch, at its end, and by an interruption. */
  /** As {@code numpy.random.seed(N)}, then {@code numpy.random.normal(0, 1, (100, noise_dim))}. */
  @Test
  void theNoiseOfTheSamplesIsThatOfTheSeed() {
    RunConfig config = TinyRuns.config(1, BATCH);
    NdArray noise = TrainingLoop.sampleNoise(config);
    assertEquals(List.of(100, TinyRuns.NOISE_DIM), noise.shape());
    assertArrayEquals(
        NumpyRandom.ofSeed(config.seed()).normalFloats(100 * TinyRuns.NOISE_DIM), noise.floats());
  }

  @Test
  void epochsEndWithTheMeansOfTheirSteps() throws IOException {
    begin("run", TinyRuns.config(EPOCHS, BATCH), NONE);
    List<String> rows = history("run");
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double sum = 0;
      for (int i = 1; i <= STEPS_PER_EPOCH; i++) {
        String row = rows.get((epoch - 1) * STEPS_PER_EPOCH + i);
        sum += Double.parseDouble(row.split(",", -1)[2]);
      }
      assertEquals(sum / STEPS_PER_EPOCH, means.get(epoch - 1).discriminatorReal(), 1e-7);
    }
  }

  @Test
  void resumedRunsEqualUninterruptedRuns() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    assertEquals(Trainer.Outcome.COMPLETED, begin("straight", config, NONE));
    assertEquals(Trainer.Outcome.STOPPED, begin("stopped", config, stopAfter(2)));
    assertEquals(Trainer.Outcome.STOPPED, resume("stopped", config, stopAfter(3)));
    assertEquals(Trainer.Outcome.INTERRUPTED, resume("stopped", config, interruptAfter(2)));
    assertEquals(Trainer.Outcome.COMPLETED, resume("stopped", config, NONE));
    Map<String, List<Byte>> stopped = files("stopped");
    // Each stop saved the generator of the current epoch.
    stopped.remove("models/epoch-001.keras");
    assertTrue(files("straight").equals(stopped));
  }

  private static Trainer.Limits interruptAfter(int steps) {
    int[] left = {steps};
    BooleanSupplier interrupted = () -> --left[0] == 0;
    return new Trainer.Limits(OptionalLong.empty(), interrupted);
  }

  @Test
  void completedRunsHaveEveryFile() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    begin("run", config, NONE);
    assertEquals(
        List.of(
            ".lock",
            "checkpoint/previous.npz",
            "checkpoint/state.npz",
            "config.json",
            "history.csv",
            "images/epoch-001.png",
            "images/epoch-002.png",
            "images/training.gif",
            "models/epoch-002.keras",
            "report.html",
            "saved_model/assets.extra/architecture.json",
            "saved_model/fingerprint.pb",
            "saved_model/saved_model.pb",
            "saved_model/variables/variables.data-00000-of-00001",
            "saved_model/variables/variables.index"),
        List.copyOf(files("run").keySet()));
    assertEquals(config, RunConfigFile.read(folder("run")));
    List<String> rows = history("run");
    assertEquals(
        List.of("1,1", "2,1", "3,1", "4,2", "5,2", "6,2"),
        rows.subList(1, rows.size()).stream()
            .map(row -> row.split(",", -1)[0] + "," + row.split(",", -1)[1])
            .toList());
    assertEquals(
        List.of(
            "epoch 1/2 step 1/3",
            "step",
            "step",
            "step",
            "end of 1",
            "epoch 2/2 step 1/3",
            "step",
            "step",
            "step",
            "end of 2"),
        events);
    // A complete run that is resumed writes its last files again without further steps.
    Map<String, List<Byte>> before = files("run");
    assertEquals(Trainer.Outcome.COMPLETED, resume("run", config, NONE));
    assertEquals(before, files("run"));
  }

  @Test
  void interruptedRunsSaveTheCurrentEpoch() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    assertEquals(
        Trainer.Outcome.INTERRUPTED, begin("run", config, interruptAfter(STEPS_PER_EPOCH + 1)));
    assertEquals(STEPS_PER_EPOCH + 2, history("run").size());
    assertTrue(
        files("run")
            .keySet()
            .containsAll(List.of("images/epoch-002.png", "saved_model/saved_model.pb")));
    assertEquals(
        STEPS_PER_EPOCH + 1,
        Npz.read(folder("run").resolve("checkpoint/state.npz"), "training/step").longs()[0]);
    assertEquals("end of 2", events.get(events.size() - 1));
  }

  @Test
  void divergedRunsKeepTheLastGoodCheckpoint() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    begin("run", config, stopAfter(2));
    List<Byte> good = files("run").get("checkpoint/state.npz");
    DivergedException diverged =
        assertThrows(
            DivergedException.class, () -> resume("run", withLearningRate(config, 1e30), NONE));
    assertTrue(diverged.getMessage().contains("expected finite losses"), diverged.getMessage());
    assertEquals(good, files("run").get("checkpoint/state.npz"));
    assertTrue(history("run").get(3).matches("3,1,.*(nan|inf).*"), history("run").get(3));
    String page = Files.readString(folder("run").resolve("report.html"));
    assertTrue(page.contains("Diverged at step 3.") && page.contains("Training diverged"));
    // The run can resume from there, without the row of the diverged step.
    resume("run", config, stopAfter(3));
    assertTrue(history("run").get(3).matches("3,1,[0-9.,]+"), history("run").get(3));
  }

  @Test
  void warnsOfRepeatedDivergence() throws IOException {
    RunConfig config = withLearningRate(TinyRuns.config(EPOCHS, BATCH), 1e30);
    assertThrows(DivergedException.class, () -> begin("run", config, NONE));
    int rows = history("run").size() - 1;
    warnings.clear();
    assertThrows(DivergedException.class, () -> resume("run", config, NONE));
    String said = warnings.get(0).toString();
    assertTrue(said.contains("diverged at step " + rows), said);
  }

  @Test
  void raisesAnAlarmWhenLossesExplode() throws IOException {
    RunConfig config = withLearningRate(TinyRuns.config(4, BATCH), 10);
    begin("run", config, NONE);
    String said = warnings.toString();
    assertTrue(said.contains("losses more than 100 times as high"), said);
    assertEquals(1, warnings.size(), said);
    // The alarm is in the checkpoint, so it is not repeated.
    warnings.clear();
    resume("run", config.withEpochs(5), NONE);
    assertEquals(List.of(), warnings);
  }

  @Test
  void healthyRunsRaiseNoAlarm() {
    begin("run", TinyRuns.config(EPOCHS, BATCH), NONE);
    assertEquals(List.of(), warnings);
  }

  /** Each reading of the clock adds a minute; a checkpoint within an epoch is due after ten. */
  @Test
  void savesWithinLongEpochs() {
    RunConfig config = TinyRuns.config(1, 2);
    long[] minutes = {0};
    LongSupplier clock = () -> Duration.ofMinutes(minutes[0]++).toNanos();
    BooleanSupplier killed =
        () -> {
          if (minutes[0] > 13) {
            throw new IllegalStateException("killed");
          }
          return false;
        };
    try (RunFolder folder = RunFolder.create(folder("run"))) {
      Trainer trainer =
          new Trainer(
              config,
              folder,
              TinyRuns.images(40),
              Device.CPU,
              List.of(),
              new Listener(),
              warnings::add,
              clock);
      assertThrows(
          IllegalStateException.class,
          () -> trainer.begin(new Trainer.Limits(OptionalLong.empty(), killed)));
    }
    long saved =
        Npz.read(folder("run").resolve("checkpoint/state.npz"), "training/step").longs()[0];
    assertEquals(10, saved);
    assertEquals(
        0, Npz.read(folder("run").resolve("checkpoint/previous.npz"), "training/step").longs()[0]);
  }

  @Test
  void rewritesFilesAfterAKill() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    begin("straight", config, NONE);
    begin("killed", config, stopAfter(STEPS_PER_EPOCH));
    Files.delete(folder("killed").resolve("images/epoch-001.png"));
    Files.delete(folder("killed").resolve("models/epoch-001.keras"));
    Files.writeString(folder("killed").resolve("images/.kerastwin-1.tmp"), "half");
    Files.createDirectories(folder("killed").resolve(".kerastwin-2.tmp/variables"));
    resume("killed", config, NONE);
    assertEquals(files("straight").keySet(), files("killed").keySet());
    assertTrue(files("straight").equals(files("killed")));
    assertFalse(Files.exists(folder("killed").resolve(".kerastwin-2.tmp")));
  }

  @Test
  void restartsAfterAKillInTheFirstCheckpoint() throws IOException {
    RunConfig config = TinyRuns.config(1, BATCH);
    begin("straight", config, NONE);
    begin("killed", config, NONE);
    for (String later :
        List.of(
            "config.json",
            "images",
            "models",
            "saved_model",
            "report.html",
            "checkpoint/previous.npz")) {
      delete(folder("killed").resolve(later));
    }
    Path state = folder("killed").resolve("checkpoint/state.npz");
    assertThrows(EnvironmentException.class, () -> begin("killed", config, NONE));
    Files.copy(
        folder("straight").resolve("checkpoint/previous.npz"),
        state,
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder("killed").resolve("checkpoint/.kerastwin-1.tmp"), "half");
    assertFalse(RunFolder.isRun(folder("killed")));
    begin("killed", config, NONE);
    assertTrue(files("straight").equals(files("killed")));
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** A run of an earlier version: one checkpoint, without losses and settings. */
  @Test
  void resumesRunsOfEarlierVersions() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    begin("straight", config, NONE);
    begin("old", config, stopAfter(STEPS_PER_EPOCH));
    Path state = folder("old").resolve("checkpoint/state.npz");
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(state));
    entries
        .keySet()
        .removeIf(name -> name.startsWith("training/") && !name.equals("training/step"));
    Npz.write(state, entries, Compression.STORED);
    Files.delete(folder("old").resolve("checkpoint/previous.npz"));
    resume("old", config, NONE);
    assertEquals(List.of(), warnings);
    assertEquals(history("straight"), history("old"));
    assertEquals(
        files("straight").get("models/epoch-002.keras"),
        files("old").get("models/epoch-002.keras"));
  }

  private static RunConfig withLearningRate(RunConfig config, double rate) {
    return config.startingFrom(Map.of(), new AdamSettings(rate, 0.5));
  }

  @Test
  void picturesUseTheSameNoise() {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    NdArray noise = TrainingLoop.sampleNoise(config);
    assertEquals(List.of(RunFiles.GRID.cells(), TinyRuns.NOISE_DIM), noise.shape());
    assertEquals(noise, TrainingLoop.sampleNoise(config.withEpochs(7)));
  }
}
