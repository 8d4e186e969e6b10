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

/**
 * Replaces a whole folder by one made completely beside it. The old folder is renamed away, the new
 * one renamed into place, and only then the old one deleted: a crash between the two renames leaves
 * both, whole, under hidden names beside the place. Whether the old folder may be lost is for the
 * caller to know; everything in it goes.
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
   * Replaces a folder or makes it. If the content cannot be written, the old folder stays as it
   * was, and nothing is left beside it.
   *
   * @throws EnvironmentException if the folder cannot be written, or thrown by the content
   */
  public static void replace(Path folder, Content content) {
    try {
      boolean exists = Files.exists(folder);
      if (exists && !Files.isDirectory(folder)) {
        throw new EnvironmentException(WHAT, folder, "a folder", "a file", "Choose another name.");
      }
      Path target = exists ? folder.toRealPath() : folder.toAbsolutePath().normalize();
      Path parent = target.getParent();
      if (parent == null) {
        throw new EnvironmentException(
            WHAT, folder, EXPECTED, "the root of the file system", "Choose another name.");
      }
      AtomicFile.makeFolders(parent);
      Path temporary = AtomicFile.temporaryIn(parent);
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
      return;
    }
    Path old = AtomicFile.temporaryIn(target.getParent());
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    deleteTree(old);
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

  /** Deletes a folder and what is in it, if it is there; links are deleted, never followed. */
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
