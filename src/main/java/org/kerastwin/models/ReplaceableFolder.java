package org.kerastwin.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells whether a command may replace a folder: what it did not make there is the user's own. */
public final class ReplaceableFolder {
  private ReplaceableFolder() {}

  /**
   * What speaks against replacing it, in words for "received".
   *
   * @param path what is there
   * @param ours whether a child of the folder is the command's own
   * @return empty if it is a folder of such children alone
   */
  public static Optional<String> objection(Path path, Predicate<Path> ours) {
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
