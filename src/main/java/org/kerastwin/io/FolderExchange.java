package org.kerastwin.io;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** Exchanges two folders in one step, if the file system can. */
final class FolderExchange {
  /** The current working folder, for relative paths. Linux: {@code fcntl.h}. */
  private static final int AT_FDCWD = -100;

  /** Linux: {@code linux/fs.h}. */
  private static final int RENAME_EXCHANGE = 2;

  private FolderExchange() {}

  /**
   * Swaps the names of two folders.
   *
   * @return false if the system can't do this; then nothing has changed
   */
  static boolean exchange(Path one, Path other) throws IOException {
    if (!Platform.isLinux() || one.getFileSystem() != FileSystems.getDefault()) {
      return false;
    }
    try {
      Function renameat2 = NativeLibrary.getInstance("c").getFunction("renameat2");
      Object[] arguments = {AT_FDCWD, one.toString(), AT_FDCWD, other.toString(), RENAME_EXCHANGE};
      Map<String, Object> options =
          Map.of(
              com.sun.jna.Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding"));
      return (int) renameat2.invoke(int.class, arguments, options) == 0;
    } catch (LinkageError missing) {
      return false;
    }
  }
}
