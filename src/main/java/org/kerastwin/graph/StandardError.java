package org.kerastwin.graph;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.EnvironmentException;

/**
 * The process's standard error beneath Java's, where native code writes. POSIX alone: it works on
 * file descriptors.
 */
public final class StandardError {
  private static final int DESCRIPTOR = 2;
  private static final int WRITE_ONLY = 1;

  private StandardError() {}

  /** Whether a person sees it as it is written. */
  public static boolean isTerminal() {
    return !Platform.isWindows() && call("isatty", DESCRIPTOR) == 1;
  }

  /**
   * Runs something and keeps lines of its native log from the user. All other lines that were
   * written meanwhile are passed on afterwards.
   *
   * @param unwanted texts that mark the lines to drop
   * @param action what is run
   */
  static void without(List<String> unwanted, Runnable action) {
    try {
      Path log = Files.createTempFile("tensorflow", ".log");
      try {
        redirected(log, action);
        for (String line : Files.readAllLines(log, Charset.defaultCharset())) {
          if (unwanted.stream().noneMatch(line::contains)) {
            System.err.println(line);
          }
        }
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException noTemporaryFile) {
      throw new EnvironmentException(
              "temporary folder",
              System.getProperty("java.io.tmpdir"),
              "one that can be written",
              noTemporaryFile.toString(),
              "-Djava.io.tmpdir=FOLDER names another.")
          .causedBy(noTemporaryFile);
    }
  }

  private static void redirected(Path log, Runnable action) {
    System.err.flush();
    int original = call("dup", DESCRIPTOR);
    int file = call("open", log.toString(), WRITE_ONLY);
    call("dup2", file, DESCRIPTOR);
    try {
      action.run();
    } finally {
      call("dup2", original, DESCRIPTOR);
      call("close", original);
      call("close", file);
    }
  }

  private static int call(String function, Object... arguments) {
    return NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
  }
}
