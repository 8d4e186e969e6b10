package org.kerastwin.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of a data set's folder, at any depth. Links are followed. Hidden folders and the {@code
 * __MACOSX} of an unpacked archive hold no data: programs keep copies and notes in them.
 */
final class FolderFiles extends SimpleFileVisitor<Path> {
  /** More files than in any data set of pictures that fits in memory. */
  private static final int MAX_FILES = 2_000_000;

  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  private FolderFiles(Path folder) {
    this.folder = folder;
  }

  /** The files, each as a path that begins with the folder's. */
  static List<Path> of(Path folder) throws IOException {
    FolderFiles found = new FolderFiles(folder);
    Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found);
    return found.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
    // The folder itself may be called "." or be hidden: the user has named it.
    return visited.equals(folder) || !isWithoutData(visited.getFileName().toString())
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  private static boolean isWithoutData(String name) {
    return name.startsWith(".") || name.equals("__MACOSX");
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    // A link is visited as such if its target is missing; reading it reports that.
    if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
      files.add(file);
    }
    return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
