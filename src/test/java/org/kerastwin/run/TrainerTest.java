package org.kerastwin.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.report.RunPage;
import org.kerastwin.runtime.Device;
import org.kerastwin.tensorboard.EventFolder;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.training.Losses;

/** Whole runs on 40 random images. */
class TrainerTest {
  private static final int BATCH = 16;

  /** 40 images in batches of 16: two whole ones and a part. */
  private static final int STEPS_PER_EPOCH = 3;

  private static final int EPOCHS = 2;
  private static final Trainer.Limits NONE = new Trainer.Limits(OptionalLong.empty(), () -> false);

  @TempDir Path temporary;
  private final List<String> events = new ArrayList<>();

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
        config, folder, TinyRuns.images(40), Device.CPU, outputs(config, folder), new Listener());
  }

  private static Path events(Path run) {
    return run.resolveSibling(run.getFileName() + "-events");
  }

  private List<EpochOutput> outputs(RunConfig config, RunFolder folder) {
    return List.of(
        new RunReport(config, folder, List.of(new RunPage.NextCommand("Go on", "resume"))),
        new TensorBoardEvents(new EventFolder(events(folder.path()))));
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
      events.add("end of " + epoch);
    }
  }

  /** All files of a run by their names, byte for byte. */
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

  /** Within an epoch, at its end, after an interruption: it is as if the run had never stopped. */
  @Test
  void aRunThatStoppedAndWentOnLeavesTheFilesOfOneThatNeverStopped() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    assertEquals(Trainer.Outcome.COMPLETED, begin("straight", config, NONE));
    assertEquals(Trainer.Outcome.STOPPED, begin("stopped", config, stopAfter(2)));
    assertEquals(Trainer.Outcome.STOPPED, resume("stopped", config, stopAfter(3)));
    assertEquals(Trainer.Outcome.INTERRUPTED, resume("stopped", config, interruptAfter(2)));
    assertEquals(Trainer.Outcome.COMPLETED, resume("stopped", config, NONE));
    Map<String, List<Byte>> stopped = files("stopped");
    // Each stop left the generator of the epoch under way.
    stopped.remove("models/epoch-001.keras");
    assertTrue(files("straight").equals(stopped));
  }

  private static Trainer.Limits interruptAfter(int steps) {
    int[] left = {steps};
    BooleanSupplier interrupted = () -> --left[0] == 0;
    return new Trainer.Limits(OptionalLong.empty(), interrupted);
  }

  @Test
  void aCompletedRunHasWrittenEverythingAndNumberedItsEpochs() throws IOException {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    begin("run", config, NONE);
    assertEquals(
        List.of(
            ".lock",
            "checkpoint/state.npz",
            "config.json",
            "history.csv",
            "images/epoch-001.png",
            "images/epoch-002.png",
            "images/training.gif",
            "models/epoch-002.keras",
            "report.html",
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
    // Resumed with nothing left to do, it writes its last files again and steps no further.
    Map<String, List<Byte>> before = files("run");
    assertEquals(Trainer.Outcome.COMPLETED, resume("run", config, NONE));
    assertEquals(before, files("run"));
  }

  @Test
  void anInterruptedRunHasSavedUnderTheEpochUnderWay() throws IOException {
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
  void aDivergedRunLeavesItsLastGoodCheckpoint() throws IOException {
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
    assertTrue(page.contains("Diverged at step 3.") && page.contains("The training diverged"));
    // It can go on from there, and the row of the step that diverged is gone.
    resume("run", config, stopAfter(3));
    assertTrue(history("run").get(3).matches("3,1,[0-9.,]+"), history("run").get(3));
  }

  private static RunConfig withLearningRate(RunConfig config, double rate) {
    return config.startingFrom(Map.of(), new AdamSettings(rate, 0.5));
  }

  @Test
  void picturesAreOfTheSameNoiseWhateverTheTrainingDraws() {
    RunConfig config = TinyRuns.config(EPOCHS, BATCH);
    NdArray noise = Trainer.sampleNoise(config);
    assertEquals(List.of(RunOutput.GRID.cells(), TinyRuns.NOISE_DIM), noise.shape());
    assertEquals(noise, Trainer.sampleNoise(config.withEpochs(7)));
  }
}
