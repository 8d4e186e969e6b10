package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Sha256;

/**
 * Training images and, if available, test images, as {@code keras.datasets.mnist.load_data()}
 * returns them.
 *
 * @param name such as "mnist" or "digits"
 * @param train 60,000 images in MNIST
 * @param test 10,000 images in MNIST; not used for training
 * @param sha256 in lower-case hexadecimal: the hash of the {@code .npz} or {@code .npy} file if
 *     there is one, else of the concatenated elements of training images, training labels, test
 *     images and test labels
 * @param origin the file or folder it was read from, or "embedded"
 */
public record Dataset(
    String name, Split train, Optional<Split> test, String sha256, String origin) {
  private static final Set<String> OF_DIGITS = Set.of("mnist", "digits");

  /** Whether the data set of that name has handwritten digits in the style of MNIST. */
  public static boolean isOfDigits(String name) {
    return OF_DIGITS.contains(name);
  }

  /** A data set that is not a single file; the hash is that of its elements. */
  static Dataset ofArrays(String name, Split train, Optional<Split> test, String origin) {
    Sha256 hash = new Sha256();
    arrays(train, test).forEach(array -> hash.update(array.data()));
    return new Dataset(name, train, test, hash.hex(), origin);
  }

  /** The same data set without its test images, which a training need not keep in memory. */
  Dataset withoutTest() {
    return new Dataset(name, train, Optional.empty(), sha256, origin);
  }

  private static Stream<NdArray> arrays(Split train, Optional<Split> test) {
    return Stream.concat(Stream.of(train), test.stream())
        .flatMap(split -> Stream.concat(Stream.of(split.images()), split.labels().stream()));
  }

  /**
   * The notebook's output about its data: the shapes of training images, training labels, test
   * images and test labels, if available, then the greatest and the least scaled training pixel, as
   * Python writes them.
   */
  public List<String> reportLines() {
    int greatest = 0;
    int least = 255;
    ByteBuffer pixels = train.images().data();
    while (pixels.hasRemaining()) {
      int pixel = Byte.toUnsignedInt(pixels.get());
      greatest = Math.max(greatest, pixel);
      least = Math.min(least, pixel);
    }
    List<String> lines = new ArrayList<>(arrays(train, test).map(Dataset::tuple).toList());
    // Scaling is monotonic, so the extremes of the bytes are those of the floats.
    lines.add(Float.toString(Split.scale(greatest)));
    lines.add(Float.toString(Split.scale(least)));
    return lines;
  }

  private static String tuple(NdArray array) {
    return array.shape().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", array.shape().size() == 1 ? ",)" : ")"));
  }
}
