package org.kerastwin.io;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;

/** The first question of every reader: is there a file at all, or a folder, or nothing? */
final class RegularFile {
  private RegularFile() {}

  /** Throws if there is no regular file at that path. */
  static void require(String what, Path file, String expected) {
    if (!Files.exists(file)) {
      throw IoFailure.of(what, file, expected, new NoSuchFileException(file.toString()));
    }
    if (!Files.isRegularFile(file)) {
      throw new EnvironmentException(
          what,
          file,
          expected,
          Files.isDirectory(file) ? "a folder" : "a device or pipe",
          "Check the path.");
    }
  }
}
