package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the files of a run, its resumption, and its error messages. */
class TrainCommandTest {
  private static final int STEPS_PER_EPOCH = CommandFolder.IMAGES / CommandFolder.BATCH;

  @TempDir Path folder;

  private CommandFolder work;

  @BeforeEach
  void begin() {
    work = new CommandFolder(folder);
  }

  @Test
  void writesEveryPromisedFile() throws IOException {
    Invocation trained = done(work.train("run", "--max-steps", "3"));
    assertEquals(
        List.of(
            "(16, 28, 28)",
            "(16,)",
            "(16, 28, 28)",
            "(16,)",
            "1.0",
            "-1.0",
            "Stopped by --max-steps: '%s'; --resume continues it.".formatted(work.path("run")),
            "Report: '%s'".formatted(work.path("run/report.html")),
            "Pictures: '%s'".formatted(work.path("run/images")),
            "Next: java -jar trainer.jar train --resume --output %s".formatted(work.path("run"))),
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
  void printsPlainProgressWithoutATerminal() {
    List<String> lines =
        done(work.train("run", "--max-steps", "3", "--epochs", "9", "--device", "cpu")).errLines();
    assertTrue(lines.get(0).startsWith("The data as the notebook prints it: shapes"), lines.get(0));
    assertTrue(lines.get(1).startsWith("Training upsampling on data (cpu:0), seed "), lines.get(1));
    assertEquals(
        "9 epochs of 2 steps, and a picture after each epoch. Ctrl-C saves and stops.",
        lines.get(2));
    String first = lines.get(3);
    // The time of the first steps does not predict later ones.
    assertTrue(first.matches("epoch 1/9  step 1/2  d_real \\S+  d_fake \\S+  g \\S+"), first);
    String last = lines.get(lines.size() - 1);
    assertTrue(last.matches("epoch 2/9  step 1/2  mean .* images/s  \\S*epoch-002\\.png"), last);
  }

  @Test
  void quietRunsPrintOnlyErrors() {
    Invocation quiet = done(work.train("run", "--max-steps", "1", "--quiet"));
    assertEquals("", quiet.out());
    assertEquals("", quiet.err());
    Invocation refused = work.train("run", "--max-steps", "1", "-q");
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertTrue(refused.err().startsWith("output "), refused.err());
  }

  @Test
  void verboseRunsPrintSettingsAndEveryStep() {
    List<String> lines = done(work.train("run", "--max-steps", "2", "--verbose")).errLines();
    assertTrue(lines.contains("batch_size 8"), lines::toString);
    assertTrue(lines.stream().anyMatch(line -> line.contains("step 1/2  d_real")), lines::toString);
    assertTrue(lines.stream().anyMatch(line -> line.contains("step 2/2  d_real")), lines::toString);
  }

  @Test
  void seedsDetermineRunsAndResumedRuns() throws IOException {
    done(work.train("whole", "--seed", "5", "--max-steps", "4"));
    done(work.train("parts", "--seed", "5", "--max-steps", "1"));
    done(work.train("parts", "--resume", "--max-steps", "4"));
    for (String file : List.of("history.csv", "checkpoint/state.npz", "images/epoch-002.png")) {
      assertEquals(
          -1, Files.mismatch(work.path("whole/" + file), work.path("parts/" + file)), file);
    }
  }

  @Test
  void resumesWithOtherLimits() throws IOException {
    done(work.train("run", "--seed", "5", "--max-steps", "1"));
    Map<String, Long> before = work.contents();
    done(
        resume(
            "--max-steps",
            "2",
            "--epochs",
            "7",
            "--device",
            "cpu",
            "--batch-size",
            "8",
            "--fast",
            "--seed",
            "5",
            "--learning-rate",
            "2e-4",
            "--dataset",
            work.dataset().toString()));
    String config = Files.readString(work.path("run/config.json"));
    assertTrue(config.contains("\"epochs\" : 7"), config);
    assertEquals(before.keySet(), work.contents().keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "--variant, transposed, upsampling",
    "--batch-size, 16, 8",
    "--learning-rate, 0.1, 0.0002",
    "--beta-1, 0.6, 0.5",
    "--noise-dim, 5, 4",
    "--label-smoothing, 0.8, 0.9",
    "--bn-statistics, cumulative, exponential",
    "--seed, 6, 5",
    "--save-every, 3, 10",
    "--dataset, digits, DATA",
    "--initial-weights, a.keras b.keras, none",
    "--generator, a.keras, none",
    "--discriminator, a.keras, none",
    "--architecture, a.json, none",
    "--exact, '', fast",
    "--precision, mixed_bfloat16, float32",
  })
  void rejectsOtherSettingsOnResume(String option, String value, String kept) {
    done(work.train("run", "--seed", "5", "--max-steps", "1"));
    Map<String, Long> before = work.contents();
    String[] options = (option + " " + value).strip().split(" ");
    Invocation refused = resume(options);
    assertEquals(ExitCode.USAGE, refused.code(), refused.err());
    assertTrue(
        refused
            .err()
            .startsWith(
                "option '%s': expected %s, as when the run began, received "
                    .formatted(option, kept.replace("DATA", work.dataset().toString()))),
        refused.err());
    for (String given : value.isEmpty() ? List.of("exact") : List.of(value.split(" "))) {
      assertTrue(refused.err().contains(given), refused.err());
    }
    assertTrue(refused.err().contains("--initial-weights"), refused.err());
    assertEquals(1, refused.errLines().size());
    assertEquals(before, work.contents());
  }

  private Invocation resume(String... options) {
    return Invocation.of(
        Stream.concat(
                Stream.of("train", "--resume", "--output", work.path("run").toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void rewritesFilesOfCompleteRuns() throws IOException {
    done(work.train("run", "--epochs", "1"));
    Files.delete(work.path("run/images/epoch-001.png"));
    done(work.train("run", "--resume"));
    assertTrue(Files.exists(work.path("run/images/epoch-001.png")));
    assertEquals(STEPS_PER_EPOCH + 1, Files.readAllLines(work.path("run/history.csv")).size());
  }

  @Test
  void ignoresLocksOfKilledPrograms() throws IOException {
    work.write("run/.lock", "");
    done(work.train("run", "--max-steps", "1"));
  }

  @Test
  void divergedRunsExitWithOne() {
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
