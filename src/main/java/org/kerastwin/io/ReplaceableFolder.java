package org.kerastwin.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks whether a command may replace a folder, so that no files of the user get lost. */
public final class ReplaceableFolder {
  private ReplaceableFolder() {}

  /**
   * The reason why a path must not be replaced, worded as the "received" of a message.
   *
   * @param path the file or folder to replace
   * @param ours whether the command may replace that child of the folder
   * @return empty if it is a folder with only such children
   */
  public static Optional<String> reasonToKeep(Path path, Predicate<Path> ours) {
    try (Stream<Path> children = Files.list(path)) {
      return children
          .filter(ours.negate())
          .findFirst()
          .map(child -> "one with '%s'".formatted(child.getFileName()));
    } catch (IOException noFolder) {
      return Optional.of("a file");
    }
  }
}
