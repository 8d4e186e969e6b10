package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * One half of a data set, for training or testing. The images stay bytes, which need a quarter of
 * the memory of floats, and are scaled when they are used.
 *
 * @param images uint8 {@code [n, height, width]} or {@code [n, height, width, channels]}, from 0
 *     (background) to 255, n at least 1
 * @param labels {@code [n]} of any type; training does not use them
 * @param isUnit whether pixels are scaled to 0..1, for generators that end in a sigmoid, instead of
 *     -1..1
 */
public record Split(NdArray images, Optional<NdArray> labels, boolean isUnit) {
  private static final float MAX_BYTE = 255;

  /** Half the range of a byte: scaling subtracts it and divides by it. */
  private static final float HALF_RANGE = 127.5f;

  /** Checks type and shape of the images. */
  public Split {
    int rank = images.shape().size();
    if (images.dtype() != DType.UINT8 || rank < 3 || rank > 4 || images.size() == 0) {
      throw new IllegalArgumentException(
          "expected uint8 [n, height, width] or [n, height, width, channels], received " + images);
    }
  }

  /** Images that are scaled to -1..1, as in the notebook. */
  public Split(NdArray images, Optional<NdArray> labels) {
    this(images, labels, false);
  }

  /** Images without labels. */
  public Split(NdArray images) {
    this(images, Optional.empty());
  }

  /** The same images scaled to 0..1. */
  public Split inUnitRange() {
    return new Split(images, labels, true);
  }

  /** The number of images. */
  public int size() {
    return images.shape().get(0);
  }

  /** The number of values in an image: height times width times channels. */
  public int values() {
    return images.size() / size();
  }

  /**
   * Writes selected images one after the other as {@code (x - 127.5) / 127.5} in float32, bit for
   * bit like the notebook's NumPy arithmetic: from -1 (background) to 1. In the unit range it
   * writes {@code x / 255}.
   *
   * @param indices which images, each 0 to {@code size() - 1}; may repeat
   * @param target takes {@code indices.length * values()} numbers from its start
   * @throws IndexOutOfBoundsException if an index is out of range or the target too short
   */
  public void scaled(int[] indices, float[] target) {
    byte[] image = new byte[values()];
    Objects.checkFromIndexSize(0, Math.multiplyExact(indices.length, image.length), target.length);
    ByteBuffer bytes = images.data();
    int at = 0;
    for (int index : indices) {
      bytes.get(Objects.checkIndex(index, size()) * image.length, image);
      for (byte pixel : image) {
        int value = Byte.toUnsignedInt(pixel);
        target[at++] = isUnit ? value / MAX_BYTE : scale(value);
      }
    }
  }

  /** All images, {@code [n, height, width, channels]}, scaled. */
  public NdArray scaled() {
    return scaled(IntStream.range(0, size()).toArray());
  }

  /** Selected images, {@code [n, height, width, channels]}, scaled. */
  public NdArray scaled(int[] indices) {
    float[] values = new float[indices.length * values()];
    scaled(indices, values);
    List<Integer> shape = new ArrayList<>(images.shape());
    shape.set(0, indices.length);
    if (shape.size() == 3) {
      shape.add(1);
    }
    return NdArray.ofFloats(values, shape);
  }

  /** Scales a pixel from 0..255 to -1..1. */
  public static float scale(int pixel) {
    return (pixel - HALF_RANGE) / HALF_RANGE;
  }
}
