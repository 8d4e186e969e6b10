package org.kerastwin.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.IoFailure;
import org.kerastwin.run.DivergedException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Explains in one line why a command failed. */
final class FailureMessage {
  private static final Pattern DEVICE = Pattern.compile("device:([GC]PU:\\d+)");

  private FailureMessage() {}

  static String of(Throwable failure) {
    return oneLine(text(failure));
  }

  private static String text(Throwable failure) {
    if (failure instanceof UsageException usage) {
      return text(usage.problem());
    }
    if (failure instanceof EnvironmentException environment) {
      return text(environment.problem());
    }
    if (failure instanceof DivergedException diverged) {
      return text(diverged.problem());
    }
    if (failure instanceof OutOfMemoryError) {
      return outOfMemory("Java heap", failure.getMessage(), "'java -Xmx…' allows more.");
    }
    if (failure instanceof TFResourceExhaustedException) {
      return exhausted(failure.getMessage().lines().findFirst().orElse(""));
    }
    if (isUnsafeDenied(failure)) {
      return Problem.with("Java", Runtime.version())
          .expected("access to memory by sun.misc.Unsafe, which TensorFlow-Java and protobuf use")
          .received("a Java that denies it")
          .advice("Start it without --sun-misc-unsafe-memory-access=deny.")
          .toString();
    }
    if (failure instanceof LinkageError) {
      return Problem.with(
              "platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
          .expected("a native library for it in the jar")
          .received(oneLine(IoFailure.describe(rootCause(failure))))
          .advice("Build on this platform, or with '-Dnative.classifier=…'.")
          .toString();
    }
    return "internal error: %s. Please report it; --debug shows where."
        .formatted(Excerpt.of(oneLine(failure.toString())).replaceFirst("\\.$", ""));
  }

  /** The message of a problem, with its remedy in terms of options. */
  static String text(Problem problem) {
    return problem
        .remedy()
        .map(known -> problem + " " + Remedies.words(known))
        .orElse("" + problem);
  }

  /** TensorFlow names the device that has no memory left. */
  private static String exhausted(String words) {
    Matcher device = DEVICE.matcher(words);
    String name = device.find() ? device.group(1).toLowerCase(Locale.ROOT) : "device";
    return outOfMemory(
        name,
        words,
        name.startsWith("gpu") ? "--gpu-memory-fraction allows more, where it was given." : "");
  }

  private static String outOfMemory(String where, String received, String more) {
    return Problem.with("memory", where)
        .expected("room for this command")
        .received(received)
        .advice(("A smaller --batch-size or --count needs less. " + more).strip())
        .toString();
  }

  /** Whether the cause is a Java that was started without access to native memory. */
  static boolean isUnsafeDenied(Throwable failure) {
    Throwable cause = rootCause(failure);
    return cause instanceof UnsupportedOperationException
        && cause.getStackTrace().length > 0
        && cause.getStackTrace()[0].getClassName().equals("sun.misc.Unsafe");
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Native messages have many lines; the first says what happened. */
  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
