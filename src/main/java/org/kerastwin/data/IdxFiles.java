package org.kerastwin.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.FileName;
import org.kerastwin.io.Idx;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;

/**
 * A data set in the form of MNIST, Fashion-MNIST, KMNIST and EMNIST: IDX files of training images,
 * training labels, test images and test labels, each plain or with the ending {@code .gz}. Names
 * may have dots or underscores for hyphens, {@code test} for {@code t10k}, any prefix, and no type
 * at their ends; each file may be in a folder of its own name. Only the training images are needed.
 * EMNIST's images, recognized by their names, are transposed.
 *
 * @param folder where the files are
 * @param prefix the prefix of the names, such as {@code emnist-digits-}
 */
record IdxFiles(Path folder, String prefix) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?<prefix>.*?)(?<half>train|t10k|test)[-_.](?<kind>images|labels)"
              + "([-_.]idx[1-4]?)?([-_.]ubyte)?(\\.idx)?(\\.gz)?");

  private static final Pattern EMNIST = Pattern.compile("(?i).*emnist.*");

  /** The data set that a file belongs to; empty if its name is not that of an image file. */
  static Optional<IdxFiles> of(Path file) {
    Path absolute = file.toAbsolutePath();
    Matcher name = NAME.matcher(nameOf(absolute));
    if (!name.matches() || !name.group("kind").equalsIgnoreCase("images")) {
      return Optional.empty();
    }
    Path folder = absolute.getParent();
    return Optional.of(
        new IdxFiles(
            isOfOneFile(folder, absolute) ? folder.getParent() : folder, name.group("prefix")));
  }

  /** Whether a folder has the name of a file in it, as in some archives. */
  private static boolean isOfOneFile(Path folder, Path file) {
    return folder.getFileName() != null && nameOf(folder).equals(nameOf(file));
  }

  private static String nameOf(Path path) {
    return path.getFileName().toString();
  }

  /** The data sets that files belong to. */
  static List<IdxFiles> among(Collection<Path> files) {
    return files.stream().flatMap(file -> of(file).stream()).distinct().toList();
  }

  /**
   * Reads the files.
   *
   * @param notes receives the conversions
   * @throws EnvironmentException if there are no training images, or a file is damaged
   */
  Dataset read(String name, Object origin, ConversionNotes notes) {
    Split train =
        split("train", notes)
            .orElseThrow(
                () ->
                    new EnvironmentException(
                        Problem.with("data set", origin)
                            .expected("the training images of MNIST as IDX or .npz")
                            .received(
                                "no %1$strain-images-idx3-ubyte and no"
                                    .concat(" %1$strain-images-idx3-ubyte.gz")
                                    .formatted(prefix))
                            .advice("Check the path.")));
    return Dataset.ofArrays(name, train, split("t10k|test", notes), origin.toString());
  }

  private Optional<Split> split(String half, ConversionNotes notes) {
    return find(half, "images")
        .map(
            file -> {
              Optional<NdArray> labels = find(half, "labels").map(Idx::read);
              Split read = new ImageArray(Idx.read(file), file).bytes(labels, notes);
              return EMNIST.matcher(prefix).matches()
                  ? new Split(transposed(read.images()), read.labels())
                  : read;
            });
  }

  /** The file of that half and kind; the plain one if both exist. */
  private Optional<Path> find(String half, String kind) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(path -> isFile(nameOf(path), half, kind))
          .map(path -> Files.isDirectory(path) ? path.resolve(nameOf(path)) : path)
          .filter(Files::isRegularFile)
          .min(Comparator.comparing(path -> isPacked(path) + path.toString()));
    } catch (IOException e) {
      throw IoFailure.of("data set", folder, "a folder that can be read", e);
    }
  }

  private static boolean isPacked(Path file) {
    return FileName.of(file).endsWith(".gz");
  }

  private boolean isFile(String name, String half, String kind) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        && parts.group("prefix").equals(prefix)
        && parts.group("half").matches("(?i)" + half)
        && parts.group("kind").equalsIgnoreCase(kind);
  }

  private static NdArray transposed(NdArray images) {
    int height = images.shape().get(1);
    int width = images.shape().get(2);
    List<Integer> shape = List.of(images.shape().get(0), width, height);
    return Arrangement.transposed(images, height, width, shape);
  }
}
