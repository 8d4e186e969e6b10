package org.kerastwin.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.IoFailure;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Explains exceptions of Java and TensorFlow that the platform causes: memory and libraries. */
public final class PlatformProblem {
  private static final Pattern DEVICE = Pattern.compile("device:([GC]PU:\\d+)");

  private PlatformProblem() {}

  /** The problem behind a failure; empty if the platform did not cause it. */
  public static Optional<Problem> of(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return Optional.of(full("Java heap", failure.getMessage(), Remedy.NEED_LESS_HEAP));
    }
    if (failure instanceof TFResourceExhaustedException) {
      return Optional.of(full(failure.getMessage().lines().findFirst().orElse("")));
    }
    Throwable cause = rootCause(failure);
    if (isUnsafeDenied(cause)) {
      return Optional.of(
          Problem.with("Java", Runtime.version())
              .expected(
                  "access to memory by sun.misc.Unsafe, which TensorFlow-Java and protobuf use")
              .received("a Java that denies it")
              .advice("Start it without --sun-misc-unsafe-memory-access=deny."));
    }
    if (failure instanceof LinkageError) {
      return Optional.of(
          Problem.with(
                  "platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
              .expected("a native library for it in the jar")
              .received(IoFailure.describe(cause))
              .advice("Build on this platform, or with '-Dnative.classifier=…'."));
    }
    return Optional.empty();
  }

  /** TensorFlow names the device that has no memory left. */
  private static Problem full(String words) {
    Matcher device = DEVICE.matcher(words);
    String name = device.find() ? device.group(1).toLowerCase(Locale.ROOT) : "device";
    return full(
        name, words, name.startsWith("gpu") ? Remedy.NEED_LESS_OF_A_GPU : Remedy.NEED_LESS_MEMORY);
  }

  private static Problem full(String where, String received, Remedy remedy) {
    return Problem.with("memory", where)
        .expected("room for this command")
        .received(received)
        .remedy(remedy);
  }

  /** Whether Java was started without access to native memory. */
  private static boolean isUnsafeDenied(Throwable cause) {
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
}
