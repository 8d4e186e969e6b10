package org.kerastwin.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;

/**
 * MNIST where Keras keeps it, else downloaded and kept there. A file in the cache is used as found,
 * if it is whole and has MNIST's form: its hash may differ, since it may have been compressed anew.
 * A damaged one is replaced only by a download that succeeded.
 */
final class Mnist {
  private static final String NAME = "mnist";

  private Mnist() {}

  /**
   * Loads MNIST.
   *
   * @param warnings told of a damaged file in the cache, and of a download that could not be kept
   * @throws EnvironmentException if it is in no cache and cannot be downloaded
   */
  static Dataset load(DatasetEnvironment environment, Consumer<String> warnings) {
    List<String> reasons = new ArrayList<>();
    for (Path file : environment.cacheFiles()) {
      if (Files.exists(file)) {
        try {
          return ArchiveDataset.ofNpz(NAME, file, new ConversionNotes());
        } catch (EnvironmentException e) {
          reasons.add(e.getMessage());
          warnings.accept(e.getMessage() + " Downloading MNIST instead.");
        }
      }
    }
    byte[] download;
    try {
      download = MnistDownload.fetch(environment, warnings);
    } catch (EnvironmentException e) {
      reasons.add(e.getMessage());
      throw new EnvironmentException(
              "data set",
              NAME,
              "a file in Keras's cache or a download",
              "neither (%s)".formatted(String.join(" ", reasons)),
              "Put mnist.npz at '%s', or choose --dataset digits or a path."
                  .formatted(environment.downloadFile()))
          .causedBy(e);
    }
    return keep(download, environment, warnings);
  }

  private static Dataset keep(
      byte[] download, DatasetEnvironment environment, Consumer<String> warnings) {
    Path file = environment.downloadFile();
    try {
      AtomicFile.write(file, download);
      return ArchiveDataset.ofNpz(NAME, file, new ConversionNotes());
    } catch (EnvironmentException e) {
      warnings.accept(e.getMessage() + " MNIST was downloaded but not kept.");
      return unkept(download, environment);
    }
  }

  /** For a home that cannot be written: the readers need a file, if only for a moment. */
  private static Dataset unkept(byte[] download, DatasetEnvironment environment) {
    Path file = null;
    try {
      file = Files.createTempFile("mnist", ".npz");
      Files.write(file, download);
      Dataset read = ArchiveDataset.ofNpz(NAME, file, new ConversionNotes());
      return new Dataset(
          NAME, read.train(), read.test(), read.sha256(), environment.url().toString());
    } catch (IOException e) {
      throw IoFailure.of("data set", NAME, "room for a temporary file", e);
    } finally {
      if (file != null) {
        file.toFile().delete();
      }
    }
  }
}
