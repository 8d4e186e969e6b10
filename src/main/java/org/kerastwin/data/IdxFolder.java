package org.kerastwin.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.Idx;
import org.kerastwin.io.NdArray;

/**
 * A data set as MNIST was published: a folder of four IDX files, each plain or with the ending
 * {@code .gz}; where there are both, the plain one is read.
 */
final class IdxFolder {
  private IdxFolder() {}

  /**
   * Reads a folder.
   *
   * @throws EnvironmentException if a file is missing, damaged, or of another shape than MNIST's
   */
  static Dataset read(String name, Path folder) {
    Split train = split(folder, "train", "train");
    Split test = split(folder, "t10k", "test");
    return Dataset.ofArrays(name, train, test, folder.toString());
  }

  private static Split split(Path folder, String prefix, String half) {
    NdArray images = Idx.read(find(folder, prefix + "-images-idx3-ubyte"));
    NdArray labels = Idx.read(find(folder, prefix + "-labels-idx1-ubyte"));
    return Split.of(images, labels, folder, half);
  }

  private static Path find(Path folder, String name) {
    Path plain = folder.resolve(name);
    Path packed = folder.resolve(name + ".gz");
    if (!Files.exists(plain) && !Files.exists(packed)) {
      throw new EnvironmentException(
          "data set",
          folder,
          "the four IDX files of MNIST",
          "no %s and no %s.gz".formatted(name, name),
          "Check the path, or name an .npz file.");
    }
    return Files.exists(plain) ? plain : packed;
  }
}
