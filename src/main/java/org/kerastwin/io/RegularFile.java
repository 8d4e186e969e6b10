package org.kerastwin.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/** Reads whole files, after checking that they are regular files and not too large. */
public final class RegularFile {
  private RegularFile() {}

  /** Throws if there is no regular file at that path. */
  static void require(String what, Path file, String expected) {
    if (!Files.exists(file)) {
      throw IoFailure.of(what, file, expected, new NoSuchFileException(file.toString()));
    }
    if (!Files.isRegularFile(file)) {
      throw new EnvironmentException(
          Problem.with(what, file)
              .expected(expected)
              .received(Files.isDirectory(file) ? "a folder" : "a device or pipe")
              .advice("Check the path."));
    }
  }

  /**
   * Reads a file.
   *
   * @param what the kind of file, for messages
   * @param most the most bytes that are read
   * @throws EnvironmentException if it is missing, not a regular file, too large, or can't be read
   */
  public static byte[] bytes(String what, Path file, long most) {
    require(what, file, "a file");
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > most) {
        throw new EnvironmentException(
            Problem.with(what, file)
                .expected("at most %d bytes".formatted(most))
                .received("%d".formatted(size)));
      }
      return bytes(in, size, what, file);
    } catch (IOException e) {
      throw IoFailure.of(what, file, "a file that can be read", e);
    }
  }

  /** Reads exactly {@code size} bytes; the caller has checked that number. */
  static byte[] bytes(InputStream in, long size, String what, Object where) throws IOException {
    byte[] bytes;
    try {
      bytes = new byte[Math.toIntExact(size)];
    } catch (OutOfMemoryError e) {
      // Safe to catch: a large allocation that fails does not fill the heap.
      throw new EnvironmentException(
              Problem.with(what, where)
                  .expected("%d bytes of free memory".formatted(size))
                  .received("a full heap")
                  .advice("Give Java more memory with -Xmx."))
          .causedBy(e);
    }
    if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new EOFException();
    }
    return bytes;
  }
}
