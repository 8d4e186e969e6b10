package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import picocli.CommandLine;

/** Turns errors of TensorFlow into messages for users. */
class FailureMessageTest {
  /** An error may quote a file, and a file may contain control characters. */
  @Test
  void reportsInternalErrorsInOnePlainLine() {
    IllegalStateException bug = new IllegalStateException("first\n  second \u001b[31m");
    assertEquals(
        "internal error: java.lang.IllegalStateException: first second ?[31m."
            + " Please report it; --debug shows where.",
        FailureMessage.of(bug));
    assertEquals(ExitCode.INTERNAL, ExitCode.of(bug));
  }

  @Test
  void addsTheRemedyInTermsOfOptions() {
    Problem problem = Problem.with("run", "runs/x").expected("a").received("b");
    assertEquals("run 'runs/x': expected a, received b.", FailureMessage.text(problem));
    assertEquals(
        "run 'runs/x': expected a, received b. Choose another folder with --output.",
        FailureMessage.of(new EnvironmentException(problem.remedy(Remedy.CHOOSE_ANOTHER_FOLDER))));
  }

  /**
   * The compiler checks that each remedy has a text; the texts must be sentences and name real
   * options.
   */
  @ParameterizedTest
  @EnumSource(Remedy.class)
  void remediesNameOptionsThatExist(Remedy remedy) {
    String words = Remedies.words(remedy);
    assertTrue(words.endsWith("."), words);
    CommandLine program = new CommandLine(new Program(null, null));
    Matcher options = Pattern.compile("--[a-z][a-z0-9-]*").matcher(words);
    while (options.find()) {
      assertTrue(
          program.getSubcommands().values().stream()
              .anyMatch(command -> command.getCommandSpec().findOption(options.group()) != null),
          options.group());
    }
  }

  @Test
  void reportsFullHeaps() {
    assertEquals(
        "memory 'Java heap': expected room for this command, received Java heap space. A smaller"
            + " --batch-size or --count needs less memory. 'java -Xmx…' gives Java more.",
        FailureMessage.of(new OutOfMemoryError("Java heap space")));
  }

  /** TensorFlow's wording; a trace and a hint follow on further lines. */
  @ParameterizedTest
  @CsvSource({
    "GPU:1 by allocator GPU_1_bfc,gpu:1,"
        + "' If you gave --gpu-memory-fraction, a larger value allows more.'",
    "CPU:0 by allocator cpu,cpu:0,''"
  })
  void reportsFullDeviceMemory(String place, String device, String more) {
    String words =
        "OOM when allocating tensor with shape[4096,14,14,128] and type float on"
            + " /job:localhost/replica:0/task:0/device:"
            + place;
    assertEquals(
        "memory '"
            + device
            + "': expected room for this command, received "
            + words
            + ". A smaller --batch-size or --count needs less memory."
            + more,
        FailureMessage.of(
            new TFResourceExhaustedException(words + "\n\t [[{{node step/conv}}]]\nHint: …")));
  }
}
