package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.Idx;
import org.kerastwin.io.NdArray;

/**
 * A data set in the form of MNIST, Fashion-MNIST, KMNIST and EMNIST: IDX files of training images,
 * training labels, test images and test labels, each plain or with the ending {@code .gz}. Names
 * may have dots or underscores for hyphens, {@code test} for {@code t10k}, and any prefix. Only the
 * training images are needed. EMNIST's images, recognized by their names, are transposed.
 *
 * @param folder where the files are
 * @param prefix the prefix of the names, such as {@code emnist-digits-}
 */
record IdxFiles(Path folder, String prefix) {
  private static final Pattern IMAGES =
      Pattern.compile("(.*?)(train|t10k|test)[-_.]images[-_.]idx3[-_.]ubyte(\\.gz)?");

  private static final String EMNIST = "emnist";

  /** The data set that a file belongs to; empty if its name is not that of an image file. */
  static Optional<IdxFiles> of(Path file) {
    Matcher name = IMAGES.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(new IdxFiles(file.toAbsolutePath().getParent(), name.group(1)))
        : Optional.empty();
  }

  /** The data sets that files belong to. */
  static List<IdxFiles> among(Collection<Path> files) {
    return files.stream().flatMap(file -> of(file).stream()).distinct().toList();
  }

  /**
   * Reads the files.
   *
   * @throws EnvironmentException if there are no training images, or a file is damaged
   */
  Dataset read(String name, Object origin) {
    Split train =
        split("train")
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
    return Dataset.ofArrays(name, train, split("t10k").or(() -> split("test")), origin.toString());
  }

  private Optional<Split> split(String half) {
    return find(half + "-images-idx3-ubyte")
        .map(
            file -> {
              Optional<NdArray> labels = find(half + "-labels-idx1-ubyte").map(Idx::read);
              Split read =
                  new ImageArray(Idx.read(file), file).bytes(labels, new ConversionNotes());
              return prefix.startsWith(EMNIST)
                  ? new Split(transposed(read.images()), read.labels())
                  : read;
            });
  }

  /** The file of that name; the plain one if both exist. */
  private Optional<Path> find(String name) {
    String dots = name.replaceFirst("-idx", ".idx");
    return Stream.of(name, dots, name.replace('-', '_'))
        .flatMap(form -> Stream.of(form, form + ".gz"))
        .map(form -> folder.resolve(prefix + form))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static NdArray transposed(NdArray images) {
    List<Integer> shape = images.shape();
    int height = shape.get(1);
    int width = shape.get(2);
    ByteBuffer source = images.data();
    byte[] target = new byte[images.size()];
    for (int i = 0; i < target.length; i++) {
      int pixel = i % (height * width);
      target[i - pixel + pixel % width * height + pixel / width] = source.get(i);
    }
    return new NdArray(DType.UINT8, List.of(shape.get(0), width, height), ByteBuffer.wrap(target));
  }
}
