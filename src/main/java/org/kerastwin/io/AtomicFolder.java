package org.kerastwin.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * Replaces a folder with a new one that is made beside it. On Linux the two swap their names in one
 * step, so the name always has a complete folder. Elsewhere the old folder is renamed, then the new
 * one; after a crash between the two, {@link Leftovers#remove} restores the old one. The old folder
 * is deleted with everything in it.
 */
public final class AtomicFolder {
  private static final String WHAT = "folder";
  private static final String EXPECTED = "a place that can be written";

  private AtomicFolder() {}

  /** Fills a folder. */
  @FunctionalInterface
  public interface Content {
    /** Writes files below an empty folder, which gets its final name afterwards. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Replaces or creates a folder. If the content cannot be written, the old folder stays as it was,
   * and nothing is left beside it.
   *
   * @throws EnvironmentException if the folder cannot be written, or thrown by the content
   */
  public static void replace(Path folder, Content content) {
    try {
      boolean exists = Files.exists(folder);
      if (exists && !Files.isDirectory(folder)) {
        throw new EnvironmentException(
            Problem.with(WHAT, folder)
                .expected("a folder")
                .received("a file")
                .advice("Choose another name."));
      }
      Path target = exists ? folder.toRealPath() : folder.toAbsolutePath().normalize();
      Path parent = target.getParent();
      if (parent == null) {
        throw new EnvironmentException(
            Problem.with(WHAT, folder)
                .expected(EXPECTED)
                .received("the root of the file system")
                .advice("Choose another name."));
      }
      AtomicFile.makeFolders(parent);
      Path temporary = Leftovers.temporaryIn(parent);
      try {
        Files.createDirectory(temporary);
        content.writeTo(temporary);
        syncTree(temporary);
        swap(temporary, target, exists);
      } finally {
        deleteTree(temporary);
      }
      AtomicFile.syncFolder(parent);
    } catch (IOException e) {
      throw IoFailure.of(WHAT, folder, EXPECTED, e);
    } catch (UncheckedIOException e) {
      throw IoFailure.of(WHAT, folder, EXPECTED, e.getCause());
    }
  }

  private static void swap(Path made, Path target, boolean exists) throws IOException {
    if (!exists) {
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } else if (!FolderExchange.exchange(made, target)) {
      Path old = Leftovers.replaced(target);
      deleteTree(old);
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      try {
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        throw e;
      }
      deleteTree(old);
    }
  }

  private static void syncTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            AtomicFile.syncFolder(folder);
            return super.postVisitDirectory(folder, failure);
          }
        });
  }

  /** Deletes a folder with its content, if it exists; links are deleted, never followed. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return super.postVisitDirectory(folder, failure);
          }
        });
  }
}
