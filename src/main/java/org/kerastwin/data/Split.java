package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Images with their labels: the training half of a data set, or the test half. The images stay
 * bytes, a quarter of what floats need, and are scaled as they are used.
 *
 * @param images uint8 {@code [n, 28, 28]}, 0 (background) to 255; n is at least 1
 * @param labels uint8 {@code [n]}
 */
public record Split(NdArray images, NdArray labels) {
  /** Height and width of an image in pixels. */
  public static final int SIDE = 28;

  /** Pixels of an image. */
  public static final int PIXELS = SIDE * SIDE;

  /** Half the range of a byte: scaling subtracts it and divides by it. */
  private static final float HALF_RANGE = 127.5f;

  /** Checks types and shapes. */
  public Split {
    if (!fits(images, labels)) {
      throw new IllegalArgumentException(
          "expected uint8 [n, 28, 28] and [n], received %s and %s".formatted(images, labels));
    }
  }

  /**
   * Makes a split of arrays from a file.
   *
   * @param where the file, for the message
   * @param name "train" or "test"
   * @throws EnvironmentException if types or shapes are others
   */
  static Split of(NdArray images, NdArray labels, Object where, String name) {
    if (!fits(images, labels)) {
      throw new EnvironmentException(
          "data set",
          where,
          "%s images UINT8 [n, 28, 28] and labels UINT8 [n] with n > 0".formatted(name),
          "%s and %s".formatted(images, labels),
          "Convert the arrays to MNIST's form.");
    }
    return new Split(images, labels);
  }

  private static boolean fits(NdArray images, NdArray labels) {
    int n = images.shape().isEmpty() ? 0 : images.shape().get(0);
    return n > 0
        && images.dtype() == DType.UINT8
        && labels.dtype() == DType.UINT8
        && images.shape().equals(List.of(n, SIDE, SIDE))
        && labels.shape().equals(List.of(n));
  }

  /** The number of images. */
  public int size() {
    return labels.size();
  }

  /**
   * Writes selected images one after the other as {@code (x - 127.5) / 127.5} in float32, to the
   * bit what the notebook's NumPy arithmetic gives: from -1 (background) to 1.
   *
   * @param indices which images, each 0 to {@code size() - 1}; may repeat
   * @param target takes {@code indices.length * 784} values from its start
   * @throws IndexOutOfBoundsException if there is no image of an index, or the target is too short
   */
  public void scaled(int[] indices, float[] target) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(indices.length, PIXELS), target.length);
    ByteBuffer bytes = images.data();
    byte[] image = new byte[PIXELS];
    int at = 0;
    for (int index : indices) {
      bytes.get(Objects.checkIndex(index, size()) * PIXELS, image);
      for (byte pixel : image) {
        target[at++] = scale(Byte.toUnsignedInt(pixel));
      }
    }
  }

  /** A pixel of 0 to 255 as the models see it, -1 to 1. */
  static float scale(int pixel) {
    return (pixel - HALF_RANGE) / HALF_RANGE;
  }
}
