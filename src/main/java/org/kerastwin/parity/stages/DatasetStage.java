package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.data.ImageShape;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.Reference;

/**
 * Images read from small files in several forms: IDX, an array with channels first, big-endian
 * floats in Fortran order, and pictures that are scaled. The files are in the reference.
 */
final class DatasetStage {
  private static final String FOLDER = Stage.DATA.id() + "/";
  private static final ImageShape GRAY = new ImageShape(9, 12, 1);
  private static final ImageShape COLOR = new ImageShape(9, 12, 3);

  private DatasetStage() {}

  /** Reads all files of a reference; most have none. */
  static Map<TensorKey, NdArray> compute(Reference reference) throws IOException {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    if (reference.files().keySet().stream().noneMatch(name -> name.startsWith(FOLDER))) {
      return found;
    }
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      for (Map.Entry<String, byte[]> file : reference.files().entrySet()) {
        if (file.getKey().startsWith(FOLDER)) {
          Path path = temporary.path().resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
      }
      Path folder = temporary.path().resolve(Stage.DATA.id());
      put(found, "idx", GRAY, folder.resolve("train-images-idx3-ubyte.gz"));
      put(found, "emnist", GRAY, folder.resolve("emnist-letters-train-images-idx3-ubyte"));
      put(found, "colors", COLOR, folder.resolve("colors.npz"));
      put(found, "colors_as_gray", GRAY, folder.resolve("colors.npz"));
      put(found, "floats", GRAY, folder.resolve("floats.npy"));
      put(found, "halves", GRAY, folder.resolve("halves.npy"));
      put(found, "pictures/scaled", GRAY, folder.resolve("pictures"));
    }
    return found;
  }

  private static void put(Map<TensorKey, NdArray> found, String name, ImageShape shape, Path path) {
    Dataset read =
        new DatasetSource(DatasetEnvironment.ofProcess(), shape, note -> {}).load(path.toString());
    NdArray images = read.train().images();
    NdArray bytes = TrainingLoopStages.bytes(images.bytes());
    found.put(
        new TensorKey(Stage.DATA, name),
        NdArray.ofFloats(bytes.floats(), List.copyOf(images.shape())));
  }
}
