package org.kerastwin.runtime;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * The standard error of the process, including what native code writes. Redirects file descriptors,
 * so it works only on POSIX systems.
 */
public final class StandardError {
  private static final int DESCRIPTOR = 2;
  private static final int WRITE_ONLY = 1;
  private static final int DEFAULT_COLUMNS = 80;

  /** The values of {@code TIOCGWINSZ} by platform, which requests rows and columns. */
  private static final long SIZE_ON_LINUX = 0x5413;

  private static final long SIZE_ON_MACOS = 0x40087468;

  private StandardError() {}

  /** Whether it is a terminal that can move its cursor. */
  public static boolean isTerminal() {
    return !Platform.isWindows()
        && !"dumb".equals(System.getenv("TERM"))
        && call("isatty", DESCRIPTOR) == 1;
  }

  /** The width of the terminal; 80 if it is unknown. */
  public static int columns() {
    try (Memory size = new Memory(4 * Short.BYTES)) {
      size.clear();
      NativeLong request = new NativeLong(Platform.isMac() ? SIZE_ON_MACOS : SIZE_ON_LINUX);
      int columns =
          CLibrary.INSTANCE.ioctl(DESCRIPTOR, request, size) == 0
              ? Short.toUnsignedInt(size.getShort(Short.BYTES))
              : 0;
      return columns == 0 ? DEFAULT_COLUMNS : columns;
    }
  }

  /** An interface, since arm64 macOS passes variable arguments differently. */
  private interface CLibrary extends Library {
    CLibrary INSTANCE = Native.load(Platform.C_LIBRARY_NAME, CLibrary.class);

    int ioctl(int descriptor, NativeLong request, Object... arguments);
  }

  /**
   * Runs an action and drops some lines that native code writes during it. The other lines are
   * written afterwards.
   *
   * @param unwanted lines that contain one of these texts are dropped
   * @param action the action to run
   */
  static void without(List<String> unwanted, Runnable action) {
    try {
      Path log = Files.createTempFile("tensorflow", ".log");
      try {
        redirected(log, action);
      } finally {
        replay(log, unwanted);
        Files.deleteIfExists(log);
      }
    } catch (IOException noTemporaryFile) {
      throw new EnvironmentException(
              Problem.with("temporary folder", System.getProperty("java.io.tmpdir"))
                  .expected("a folder that can be written")
                  .received(noTemporaryFile.toString())
                  .advice("Choose another folder with -Djava.io.tmpdir=FOLDER."))
          .causedBy(noTemporaryFile);
    }
  }

  /** In ISO 8859-1 every byte is a character, so all bytes stay unchanged. */
  private static void replay(Path log, List<String> unwanted) throws IOException {
    for (String line : Files.readString(log, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
      if (unwanted.stream().noneMatch(line::contains)) {
        System.err.write(line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    System.err.flush();
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
