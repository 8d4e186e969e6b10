package org.kerastwin.data;

import java.nio.file.Path;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.Npz;

/**
 * A data set in the layout of Keras's {@code mnist.npz}: the arrays {@code x_train}, {@code
 * y_train}, {@code x_test} and {@code y_test}. Further arrays are not read.
 */
final class KerasNpz {
  private KerasNpz() {}

  /**
   * Reads a file.
   *
   * @throws EnvironmentException if it is missing, damaged, or its arrays have other types or
   *     shapes than MNIST's
   */
  static Dataset read(String name, Path file) {
    Split train = split(file, "train");
    Split test = split(file, "test");
    return new Dataset(name, train, test, Sha256.of(file), file.toString());
  }

  private static Split split(Path file, String half) {
    return Split.of(Npz.read(file, "x_" + half), Npz.read(file, "y_" + half), file, half);
  }
}
