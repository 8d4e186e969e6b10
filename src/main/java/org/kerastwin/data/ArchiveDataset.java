package org.kerastwin.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.io.Npz;
import org.kerastwin.io.Sha256;

/**
 * A data set in a NumPy file: an {@code .npz} in the layout of Keras's {@code mnist.npz} ({@code
 * x_train}, and optionally {@code y_train}, {@code x_test} and {@code y_test}), an {@code .npz}
 * with images under any other name, such as KMNIST's {@code arr_0}, or an {@code .npy}.
 */
final class ArchiveDataset {
  private static final String TRAIN = "x_train";
  private static final String TEST = "x_test";

  private ArchiveDataset() {}

  /**
   * Reads an {@code .npz}.
   *
   * @throws EnvironmentException if it is missing or damaged, or has no images
   */
  static Dataset ofNpz(String name, Path file, ConversionNotes notes) {
    Set<String> names = Npz.names(file);
    String images = names.contains(TRAIN) ? TRAIN : onlyImages(file);
    Split train =
        split(file, images, Npz.read(file, images), labels(file, names, "y_train"), notes);
    Optional<Split> test =
        Optional.of(TEST)
            .filter(entry -> names.containsAll(Set.of(TRAIN, entry)))
            .map(entry -> Npz.read(file, entry))
            .filter(ImageArray::isImages)
            .map(array -> split(file, TEST, array, labels(file, names, "y_test"), notes));
    return new Dataset(name, train, test, Sha256.of(file), file.toString());
  }

  /** Reads an {@code .npy}. */
  static Dataset ofNpy(String name, Path file, ConversionNotes notes) {
    Split train = new ImageArray(Npy.read(file), file).bytes(Optional.empty(), notes);
    return new Dataset(name, train, Optional.empty(), Sha256.of(file), file.toString());
  }

  private static Split split(
      Path file, String entry, NdArray images, Optional<NdArray> labels, ConversionNotes notes) {
    return new ImageArray(images, "%s[%s]".formatted(file, entry)).bytes(labels, notes);
  }

  private static Optional<NdArray> labels(Path file, Set<String> names, String entry) {
    return names.contains(entry) ? Npz.readNumbers(file, entry) : Optional.empty();
  }

  /**
   * The name of the images in a file without {@code x_train}. Prefers arrays with height and width
   * to vectors, which may be something else, and then names that contain "train".
   */
  private static String onlyImages(Path file) {
    Map<String, NdArray> arrays = Npz.readNumbers(file);
    List<String> images =
        arrays.keySet().stream().filter(name -> ImageArray.isImages(arrays.get(name))).toList();
    List<String> withSides = preferred(images, name -> arrays.get(name).shape().size() > 2);
    List<String> chosen = preferred(withSides, name -> name.contains("train"));
    if (chosen.size() != 1) {
      throw new EnvironmentException(
          Problem.with("data set", file)
              .expected("images as " + TRAIN + ", or one array of images")
              .received(
                  Excerpt.of(
                      arrays.entrySet().stream()
                          .map(array -> array.getKey() + " " + array.getValue())
                          .toList()))
              .advice("Save the images as x_train."));
    }
    return chosen.get(0);
  }

  /** The names that meet a condition, or all names if none does. */
  private static List<String> preferred(List<String> names, Predicate<String> condition) {
    List<String> preferred = names.stream().filter(condition).toList();
    return preferred.isEmpty() ? names : preferred;
  }
}
