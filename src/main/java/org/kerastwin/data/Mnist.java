package org.kerastwin.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.TemporaryFolder;

/**
 * Reads MNIST from Keras's cache, or downloads it there. A file in the cache is used if it is
 * complete; its hash is not checked, since it may have been compressed again. A damaged file is
 * replaced only by a successful download.
 */
final class Mnist {
  private static final String NAME = "mnist";

  private Mnist() {}

  /**
   * Loads MNIST.
   *
   * @param warnings receives a line about a damaged file in the cache, or a download that could not
   *     be saved
   * @throws EnvironmentException if it is in no cache and cannot be downloaded
   */
  static Dataset load(DatasetEnvironment environment, Consumer<String> warnings) {
    List<String> reasons = new ArrayList<>();
    Consumer<String> damage =
        reason -> {
          reasons.add(reason);
          warnings.accept(reason + " Downloading MNIST instead.");
        };
    return cached(environment, damage).orElseGet(() -> downloaded(environment, warnings, reasons));
  }

  /**
   * Reads MNIST from the cache.
   *
   * @param damage receives a sentence about each damaged file
   */
  static Optional<Dataset> cached(DatasetEnvironment environment, Consumer<String> damage) {
    for (Path file : environment.cachedFiles()) {
      try {
        return Optional.of(ArchiveDataset.ofNpz(NAME, file, new ConversionNotes()));
      } catch (EnvironmentException e) {
        damage.accept(e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static Dataset downloaded(
      DatasetEnvironment environment, Consumer<String> warnings, List<String> reasons) {
    byte[] download;
    try {
      download = MnistDownload.fetch(environment, warnings);
    } catch (EnvironmentException e) {
      reasons.add(e.getMessage());
      throw new EnvironmentException(
              Problem.with("data set", NAME)
                  .expected("a file in Keras's cache or a download")
                  .received("neither (%s)".formatted(String.join(" ", reasons)))
                  .advice(
                      "Put mnist.npz at '%s', or choose another data set."
                          .formatted(environment.downloadFile())))
          .causedBy(e);
    }
    return saved(download, environment, warnings);
  }

  private static Dataset saved(
      byte[] download, DatasetEnvironment environment, Consumer<String> warnings) {
    Path file = environment.downloadFile();
    try {
      AtomicFile.write(file, download);
      return ArchiveDataset.ofNpz(NAME, file, new ConversionNotes());
    } catch (EnvironmentException e) {
      warnings.accept(e.getMessage() + " MNIST was downloaded but not kept.");
      return fromTemporaryFile(download, environment);
    }
  }

  /** Reads a download from a temporary file if the home folder can't be written to. */
  private static Dataset fromTemporaryFile(byte[] download, DatasetEnvironment environment) {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path file = Files.write(folder.path().resolve("mnist.npz"), download);
      Dataset read = ArchiveDataset.ofNpz(NAME, file, new ConversionNotes());
      return new Dataset(
          NAME, read.train(), read.test(), read.sha256(), environment.url().toString());
    } catch (IOException e) {
      throw IoFailure.of("data set", NAME, "room for a temporary file", e);
    }
  }
}
