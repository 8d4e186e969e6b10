package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training leaves, how it goes on, and what it never touches. */
class TrainCommandTest {
  private static final int STEPS_PER_EPOCH = Workplace.IMAGES / Workplace.BATCH;

  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void begin() {
    work = new Workplace(folder);
  }

  @Test
  void aRunLeavesWhatItPromisesUnderTheEpochUnderWay() throws IOException {
    Invocation trained = done(work.train("run", "--max-steps", "3"));
    assertEquals(
        List.of(
            "(16, 28, 28)",
            "(16,)",
            "(16, 28, 28)",
            "(16,)",
            "1.0",
            "-1.0",
            "Stopped by --max-steps: '%s'; --resume goes on.".formatted(work.path("run"))),
        trained.outLines());
    List<String> history = Files.readAllLines(work.path("run/history.csv"));
    assertEquals("step,epoch,d_loss_real,d_loss_fake,g_loss", history.get(0));
    assertEquals(List.of("1,1", "2,1", "3,2"), history.stream().skip(1).map(this::key).toList());
    for (String file :
        List.of(
            "config.json",
            "images/epoch-001.png",
            "images/epoch-002.png",
            "checkpoint/state.npz",
            "saved_model/saved_model.pb")) {
      assertTrue(Files.size(work.path("run/" + file)) > 0, file);
    }
  }

  private String key(String row) {
    return row.replaceFirst("^(\\d+,\\d+),.*", "$1");
  }

  @Test
  void progressWithoutATerminalIsPlainAndHonest() {
    List<String> lines =
        done(work.train("run", "--max-steps", "3", "--epochs", "9", "--device", "cpu")).errLines();
    String first = lines.get(1);
    assertTrue(lines.get(0).startsWith("Training upsampling on data (cpu:0), seed "), lines.get(0));
    // The first step's own time says nothing about those to come.
    assertTrue(first.matches("epoch 1/9  step 1/2  d_real \\S+  d_fake \\S+  g \\S+"), first);
    String last = lines.get(lines.size() - 1);
    assertTrue(
        last.matches(
            "epoch 2/9  step 1/2  mean .* images/s  \\d+:\\d\\d:\\d\\d left  .*epoch-002\\.png"),
        last);
  }

  @Test
  void aSeedGivesTheSameRunAndAResumedOneIsTheSame() throws IOException {
    done(work.train("whole", "--seed", "5", "--max-steps", "4"));
    done(work.train("parts", "--seed", "5", "--max-steps", "1"));
    Invocation resumed = done(work.train("parts", "--resume", "--max-steps", "4"));
    assertFalse(resumed.err().contains("as the run began"), resumed.err());
    for (String file : List.of("history.csv", "checkpoint/state.npz", "images/epoch-002.png")) {
      assertEquals(
          -1, Files.mismatch(work.path("whole/" + file), work.path("parts/" + file)), file);
    }
  }

  @Test
  void aResumedRunKeepsItsSettingsAndSaysSo() throws IOException {
    done(work.train("run", "--seed", "5", "--max-steps", "1"));
    Map<String, Long> before = work.contents();
    Invocation resumed =
        done(
            Invocation.of(
                "train",
                "--resume",
                "--output",
                work.path("run").toString(),
                "--max-steps",
                "2",
                "--epochs",
                "7",
                "--variant",
                "transposed",
                "--batch-size",
                "8",
                "--learning-rate",
                "0.1",
                "--seed",
                "6",
                "--exact",
                "--dataset",
                "digits"));
    String config = Files.readString(work.path("run/config.json"));
    assertAll(
        () -> assertKept(resumed, "--variant", "upsampling", "transposed"),
        () -> assertKept(resumed, "--learning-rate", "2.0E-4", "0.1"),
        () -> assertKept(resumed, "--seed", "5", "6"),
        () -> assertKept(resumed, "--exact", "fast", "exact"),
        () -> assertKept(resumed, "--dataset", work.dataset().toString(), "digits"),
        () -> assertFalse(resumed.err().contains("--batch-size"), resumed.err()),
        () -> assertFalse(resumed.err().contains("--epochs"), resumed.err()),
        () -> assertTrue(config.contains("\"epochs\" : 7"), config),
        () -> assertTrue(config.contains("\"variant\" : \"upsampling\""), config),
        () -> assertEquals(before.keySet(), work.contents().keySet()));
  }

  private static void assertKept(Invocation run, String option, String kept, String received) {
    String line =
        "option '%s': expected %s as the run began, received %s. The run goes on with %s."
            .formatted(option, kept, received, kept);
    assertTrue(run.errLines().contains(line), () -> "'%s' in %s".formatted(line, run.err()));
  }

  @Test
  void aRunThatIsCompleteOnlyWritesItsFilesAgain() throws IOException {
    done(work.train("run", "--epochs", "1"));
    Files.delete(work.path("run/images/epoch-001.png"));
    Invocation again = done(work.train("run", "--resume"));
    String last = again.errLines().get(again.errLines().size() - 1);
    assertTrue(last.startsWith("epoch 1/1  step 2/2  mean "), last);
    assertTrue(Files.exists(work.path("run/images/epoch-001.png")));
    assertEquals(STEPS_PER_EPOCH + 1, Files.readAllLines(work.path("run/history.csv")).size());
  }

  @Test
  void aLockThatAKilledProgramLeftIsNoRun() throws IOException {
    work.write("run/.lock", "");
    done(work.train("run", "--max-steps", "1"));
  }

  @Test
  void aDivergedTrainingIsADifference() {
    Invocation diverged = work.train("run", "--learning-rate", "1e38", "--epochs", "20");
    assertEquals(ExitCode.DIFFERENT, diverged.code(), diverged.err());
    String last = diverged.errLines().get(diverged.errLines().size() - 1);
    assertTrue(last.startsWith("training at step '"), last);
  }

  private static Invocation done(Invocation run) {
    assertEquals(ExitCode.DONE, run.code(), run.err());
    return run;
  }
}
