package org.kerastwin.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;

/** A temporary folder that is deleted with its contents when closed. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  /** Creates an empty folder. */
  public TemporaryFolder() throws IOException {
    this.path = Files.createTempDirectory("kerastwin");
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The exception to throw if temporary files cannot be written. */
  public static EnvironmentException unwritable(IOException cause) {
    return IoFailure.of(
        "folder", System.getProperty("java.io.tmpdir"), "a folder that can be written", cause);
  }

  @Override
  public void close() throws IOException {
    AtomicFolder.deleteTree(path);
  }
}
