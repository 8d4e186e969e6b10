package org.kerastwin.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.kerastwin.EnvironmentException;

/** Names temporary files and folders, and removes those that a killed writer left. */
public final class Leftovers {
  private static final String PREFIX = ".kerastwin-";
  private static final String SUFFIX = ".tmp";
  private static final String REPLACED = ".kerastwin-replaced-";

  private Leftovers() {}

  /** A new name in that folder: hidden, and short even if the final name is long. */
  static Path temporaryIn(Path folder) {
    return folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
  }

  /** The name of a folder while a new one replaces it. */
  static Path replaced(Path folder) {
    return folder.resolveSibling(REPLACED + folder.getFileName());
  }

  /** Whether a file or folder, or one that it is in, has a temporary name. */
  public static boolean isTemporary(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(PREFIX) && name.toString().endsWith(SUFFIX)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Deletes temporary files and folders below a folder, and restores a folder if a crash
   * interrupted its replacement. Nobody else may write to the folder meanwhile.
   *
   * @throws EnvironmentException if something can't be deleted
   */
  public static void remove(Path root) {
    try {
      Files.walkFileTree(
          root.toRealPath(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              String name = String.valueOf(folder.getFileName());
              if (isTemporary(folder.getFileName())) {
                AtomicFolder.deleteTree(folder);
                return FileVisitResult.SKIP_SUBTREE;
              }
              if (name.startsWith(REPLACED)) {
                putBack(folder, folder.resolveSibling(name.substring(REPLACED.length())));
                return FileVisitResult.SKIP_SUBTREE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (isTemporary(file.getFileName())) {
                Files.delete(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw IoFailure.of("folder", root, "one whose temporary files can be deleted", e);
    }
  }

  private static void putBack(Path replaced, Path folder) throws IOException {
    if (Files.exists(folder)) {
      AtomicFolder.deleteTree(replaced);
    } else {
      Files.move(replaced, folder, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
