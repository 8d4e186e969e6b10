package org.kerastwin.run.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.data.ImageShape;
import org.kerastwin.io.IoFailure;

/**
 * Renames files that would keep a run from resuming: damaged files that it reads, and folders in
 * place of files that it writes. A warning names each of them.
 *
 * @param run the files of the run
 * @param images the shape of its images
 * @param warnings receives a warning for each renamed file
 */
public record DamagedFiles(RunFiles run, ImageShape images, Consumer<Problem> warnings) {
  /** Checks all files of the run except its checkpoints. */
  public void setAside() {
    List<Path> files =
        List.of(run.config(), run.history(), run.report(), run.animation(), run.quality());
    files.forEach(file -> require("a file", file, Files::isRegularFile));
    require("a folder", run.savedModel(), Files::isDirectory);
    epochs(run.model(1)).forEach(file -> require("a file", file, Files::isRegularFile));
    epochs(run.images(1)).forEach(file -> require("a picture of samples", file, this::isPicture));
    require("a table of numbers", run.quality(), DamagedFiles::isTable);
  }

  private void require(String expected, Path file, Predicate<Path> isValid) {
    if (Files.exists(file) && !isValid.test(file)) {
      Path renamed = setAside(file);
      String received = Files.isDirectory(renamed) ? "a folder" : "something else";
      warnings.accept(
          Problem.with("file", file)
              .expected(expected)
              .received(received)
              .advice("It was renamed to '%s'.".formatted(renamed.getFileName())));
    }
  }

  /**
   * Renames a file or folder. An earlier file of the new name is replaced.
   *
   * @return the new name
   * @throws EnvironmentException if it can't be renamed
   */
  public static Path setAside(Path file) {
    Path renamed = file.resolveSibling("damaged-" + file.getFileName());
    try {
      if (Files.isDirectory(renamed, LinkOption.NOFOLLOW_LINKS)) {
        renamed = Files.createTempDirectory(file.getParent(), renamed.getFileName() + "-");
      }
      return Files.move(file, renamed, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unmovable) {
      throw IoFailure.of("file", file, "a file that can be renamed", unmovable);
    }
  }

  /** The files of all epochs, in the folder of the first. */
  private static List<Path> epochs(Path first) {
    if (!Files.isDirectory(first.getParent())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(first.getParent())) {
      return files.filter(file -> file.getFileName().toString().startsWith("epoch-")).toList();
    } catch (IOException unreadable) {
      throw IoFailure.of("run", first.getParent(), "a folder that can be read", unreadable);
    }
  }

  private boolean isPicture(Path file) {
    try {
      return RunFiles.GRID.isPicture(
          Files.readAllBytes(file), images.height(), images.width(), images.channels());
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean isTable(Path file) {
    try {
      QualityFile.read(file);
      return true;
    } catch (EnvironmentException damaged) {
      return false;
    }
  }
}
