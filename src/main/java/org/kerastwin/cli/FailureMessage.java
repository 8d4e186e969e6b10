package org.kerastwin.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Message;
import org.kerastwin.UsageException;
import org.kerastwin.run.DivergedException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Words what ended a command as one line in the project's one form of message. */
final class FailureMessage {
  private static final Pattern DEVICE = Pattern.compile("device:([GC]PU:\\d+)");

  private FailureMessage() {}

  static String of(Throwable failure) {
    return oneLine(words(failure));
  }

  private static String words(Throwable failure) {
    if (failure instanceof UsageException
        || failure instanceof EnvironmentException
        || failure instanceof DivergedException) {
      return failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return noRoom("Java heap", failure.getMessage(), "'java -Xmx…' allows more.");
    }
    if (failure instanceof TFResourceExhaustedException) {
      return exhausted(failure.getMessage().lines().findFirst().orElse(""));
    }
    if (failure instanceof LinkageError) {
      return Message.of(
          "platform",
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          "a native library for it in the jar",
          oneLine(cause(failure)),
          "Build on this platform, or with '-Dnative.classifier=…'.");
    }
    return Message.of(
        "program", "trainer", "no failure", oneLine(failure.toString()), "--debug shows where.");
  }

  /** TensorFlow names the device on which it can't allocate. */
  private static String exhausted(String words) {
    Matcher device = DEVICE.matcher(words);
    String name = device.find() ? device.group(1).toLowerCase(Locale.ROOT) : "device";
    return noRoom(
        name,
        words,
        name.startsWith("gpu") ? "--gpu-memory-fraction allows more, where it was given." : "");
  }

  private static String noRoom(String where, String received, String more) {
    String remedy = ("A smaller --batch-size or --count needs less. " + more).strip();
    return Message.of("memory", where, "room for this command", received, remedy);
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Native messages go over many lines; the first says what happened. */
  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
