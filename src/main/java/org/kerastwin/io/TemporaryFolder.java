package org.kerastwin.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  @Override
  public void close() throws IOException {
    AtomicFolder.deleteTree(path);
  }
}
