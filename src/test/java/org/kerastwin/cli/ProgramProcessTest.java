package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.cli.progress.ConsoleProgress;

/** Runs the program in a process of its own. */
class ProgramProcessTest {
  /** Log lines of TensorFlow and Abseil. */
  private static final Pattern NATIVE_LOG =
      Pattern.compile("^[IWEF]\\d{4} .*|^\\d{4}-\\d\\d-\\d\\d .*|.*(WARNING:|tensorflow/).*");

  private static final int MINUTES = 5;
  private static final int POLL_MILLIS = 50;

  @TempDir Path folder;

  private CommandFolder work;
  private Process process;

  @BeforeEach
  void begin() {
    work = new CommandFolder(folder);
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void exitCodesReachTheShell() throws Exception {
    Invocation refused = finished(start("train", "--epochs", "0"));
    assertEquals(ExitCode.USAGE, refused.code());
    assertEquals(
        "option '--epochs': expected a whole number from 1 to 1000000, received '0'.",
        refused.errLines().get(0));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void controlCSavesResumableRuns() throws Exception {
    String run = work.path("run").toString();
    Process training =
        start(
            "train",
            "--dataset",
            work.dataset().toString(),
            "--batch-size",
            "8",
            "--noise-dim",
            "4",
            "--epochs",
            "1000000",
            "--output",
            run);
    awaitSteps(3);
    new ProcessBuilder("kill", "-INT", String.valueOf(training.pid())).start().waitFor();
    Invocation interrupted = finished(training);
    assertEquals(ExitCode.INTERRUPTED, interrupted.code(), interrupted.err());
    assertQuiet(interrupted);
    assertTrue(interrupted.errLines().contains(ConsoleProgress.INTERRUPTED), interrupted.err());
    assertTrue(interrupted.out().contains("Interrupted and saved: '" + run), interrupted.out());
    assertTrue(Files.exists(work.path("run/saved_model/saved_model.pb")));

    int steps = steps() + 2;
    Invocation resumed =
        finished(start("train", "--resume", "--max-steps", String.valueOf(steps), "--output", run));
    assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
    assertQuiet(resumed);
    assertEquals(
        IntStream.rangeClosed(1, steps).mapToObj(String::valueOf).toList(),
        Files.readAllLines(work.path("run/history.csv")).stream()
            .skip(1)
            .map(row -> row.substring(0, row.indexOf(',')))
            .toList());
  }

  /** oneDNN's kernels log unsupported operations once per process. */
  @ParameterizedTest
  @ValueSource(strings = {"--exact", "--fast"})
  void nativeLibraryLogsNothing(String form) throws Exception {
    Invocation run =
        finished(
            start(
                "train",
                form,
                "--dataset",
                work.dataset().toString(),
                "--batch-size",
                "8",
                "--max-steps",
                "1",
                "--output",
                work.path("run").toString()));
    assertEquals(ExitCode.DONE, run.code(), run.err());
    assertQuiet(run);
  }

  private static void assertQuiet(Invocation run) {
    assertEquals(List.of(), run.errLines().stream().filter(NATIVE_LOG.asMatchPredicate()).toList());
  }

  private void awaitSteps(int least) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (steps() < least) {
      assertTrue(process.isAlive() && System.nanoTime() < end, "no steps");
      Thread.sleep(POLL_MILLIS);
    }
  }

  private int steps() throws IOException {
    Path history = work.path("run/history.csv");
    return Files.exists(history) ? Files.readAllLines(history).size() - 1 : 0;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (OS.LINUX.isCurrentOs()) {
      // A build in the background of a shell ignores Ctrl-C, and its children inherit that.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Stream.of(arguments).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    // Unset, as for users: the log level of the build would hide the lines.
    builder.environment().keySet().removeAll(List.of("TF_CPP_MIN_LOG_LEVEL", "JAVA_TOOL_OPTIONS"));
    process = builder.start();
    return process;
  }

  private Invocation finished(Process running) throws IOException, InterruptedException {
    assertTrue(running.waitFor(MINUTES, TimeUnit.MINUTES), "the program does not end");
    return new Invocation(
        running.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }
}
