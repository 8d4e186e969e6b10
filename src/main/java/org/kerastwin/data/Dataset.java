package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.kerastwin.io.NdArray;

/**
 * Images to train on and images held back, as {@code keras.datasets.mnist.load_data()} returns
 * them.
 *
 * @param name what it is, such as "mnist" or "digits"
 * @param train 60,000 images in MNIST
 * @param test 10,000 images in MNIST
 * @param sha256 in lower-case hexadecimal: of the {@code .npz} file where there is one, else of the
 *     elements of training images, training labels, test images and test labels, one after the
 *     other
 * @param origin the file or folder it was read from, or "embedded"
 */
public record Dataset(String name, Split train, Split test, String sha256, String origin) {
  /** A data set without a file of its own: its hash is that of its elements. */
  public static Dataset ofArrays(String name, Split train, Split test, String origin) {
    Sha256 hash = new Sha256();
    for (NdArray array : List.of(train.images(), train.labels(), test.images(), test.labels())) {
      hash.update(array.data());
    }
    return new Dataset(name, train, test, hash.hex(), origin);
  }

  /**
   * What the notebook prints about its data: the shapes of training images, training labels, test
   * images and test labels, then the greatest and the least scaled training pixel, as Python writes
   * them.
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
    // Scaling is monotonic, so the extremes of the bytes are those of the floats.
    return List.of(
        tuple(train.images()),
        tuple(train.labels()),
        tuple(test.images()),
        tuple(test.labels()),
        Float.toString(Split.scale(greatest)),
        Float.toString(Split.scale(least)));
  }

  private static String tuple(NdArray array) {
    return array.shape().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", array.shape().size() == 1 ? ",)" : ")"));
  }
}
