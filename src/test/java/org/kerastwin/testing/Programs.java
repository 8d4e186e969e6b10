package org.kerastwin.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds programs of this machine, such as compilers, by name. */
public final class Programs {
  private Programs() {}

  /** The first of that name on the PATH. */
  public static Optional<Path> find(String name) {
    return find(name, Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /** The same in these folders. */
  static Optional<Path> find(String name, String folders) {
    return Arrays.stream(folders.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .findFirst();
  }
}
