package org.kerastwin.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * Replaces a file so that its name always has the complete old or the complete new content, even
 * after a crash: temporary file in the same folder, fsync, rename. Creates missing folders.
 * Replaces the target of a symbolic link. A device or a pipe, which cannot be replaced, is written
 * directly.
 */
public final class AtomicFile {
  private static final String WHAT = "file";
  private static final String EXPECTED = "a place that can be written";

  private AtomicFile() {}

  /** Writes the whole content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes to a buffered stream; closing it is allowed and not needed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces or creates a file. If the content cannot be written, the old file stays, and no
   * temporary file is left.
   *
   * @throws EnvironmentException if the file cannot be written, or thrown by the content
   */
  public static void write(Path file, Content content) {
    try {
      if (!Files.exists(file)) {
        replace(file.toAbsolutePath(), content);
      } else if (Files.isDirectory(file)) {
        throw new EnvironmentException(
            Problem.with(WHAT, file)
                .expected("a file")
                .received("a folder")
                .advice("Choose another name."));
      } else if (!Files.isRegularFile(file)) {
        try (OutputStream device = Files.newOutputStream(file);
            OutputStream out = new UncloseableStream(device)) {
          content.writeTo(out);
        }
      } else if (!Files.isWritable(file)) {
        // The rename would succeed although the file is read-only.
        throw new AccessDeniedException(file.toString());
      } else {
        replace(file.toRealPath(), content);
      }
    } catch (IOException e) {
      throw IoFailure.of(WHAT, file, EXPECTED, e);
    } catch (UncheckedIOException e) {
      throw IoFailure.of(WHAT, file, EXPECTED, e.getCause());
    }
  }

  /**
   * Replaces a file with these bytes.
   *
   * @throws EnvironmentException if the file cannot be written
   */
  public static void write(Path file, byte[] content) {
    write(file, out -> out.write(content));
  }

  /**
   * Replaces a file with this text in UTF-8, line ends as they are.
   *
   * @throws EnvironmentException if the file cannot be written
   */
  public static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Gives a file a second name in its folder, which remains when the first is replaced. An existing
   * file with the second name is replaced. If the file is a symbolic link, its target gets the
   * second name. Copies the file if it can't be linked.
   *
   * @throws EnvironmentException if that cannot be done
   */
  public static void keepAs(Path file, Path second) {
    Path temporary = Leftovers.temporaryIn(file.toAbsolutePath().getParent());
    try {
      try {
        try {
          // A hard link to the symbolic link would lead to whatever replaces its target.
          Files.createLink(temporary, file.toRealPath());
        } catch (UnsupportedOperationException | IOException noLinks) {
          Files.copy(file, temporary);
        }
        Files.move(temporary, second, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw IoFailure.of(WHAT, second, EXPECTED, e);
    }
  }

  private static void replace(Path file, Content content) throws IOException {
    Path folder = file.getParent();
    makeFolders(folder);
    Path temporary = Leftovers.temporaryIn(folder);
    try {
      try (FileChannel channel =
              FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new UncloseableStream(Channels.newOutputStream(channel))) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(folder);
  }

  /** Creates a folder and its parents if they are missing. */
  static void makeFolders(Path folder) throws IOException {
    // JDK 17's createDirectories rejects a link to a folder, so this checks first.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /** Makes a rename survive a power failure, if the platform can synchronize folders. */
  static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows can't open folders. The content is safe anyway; only the rename may reach the disk
      // later.
      return;
    }
  }
}
