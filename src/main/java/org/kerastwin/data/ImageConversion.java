package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.FileLimits;
import org.kerastwin.io.NdArray;

/**
 * Converts images to the size and channels of a generator. Color becomes gray by ITU-R BT.601, as
 * with Pillow's {@code convert("L")}; transparency is dropped; other sizes are cropped around the
 * middle to the target's proportions and scaled.
 *
 * @param target the shape of the generator's images
 * @param notes receives the conversions
 */
record ImageConversion(ImageShape target, ConversionNotes notes) {
  /** Weights of red, green and blue in 65536ths. */
  private static final int RED = 19595;

  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int WEIGHT_BITS = 16;

  /**
   * Converts all images of a split.
   *
   * @param where the file, for messages
   * @return the same split if no conversion is needed
   * @throws EnvironmentException if the images would not fit in memory
   */
  Split apply(Split split, Object where) {
    List<Integer> shape = split.images().shape();
    ImageShape source =
        new ImageShape(shape.get(1), shape.get(2), shape.size() == 4 ? shape.get(3) : 1);
    if (source.equals(target)) {
      return split;
    }
    byte[] converted = new byte[bytes(split.size(), where)];
    ByteBuffer images = split.images().data();
    IntStream.range(0, split.size())
        .parallel()
        .forEach(
            i -> {
              byte[] image = new byte[source.values()];
              images.get(i * image.length, image);
              apply(image, source, converted, i * target.values());
            });
    return new Split(array(converted, split.size()), split.labels());
  }

  /**
   * The number of bytes that converted images need.
   *
   * @throws EnvironmentException if that is more than {@link FileLimits#BYTES}
   */
  int bytes(int images, Object where) {
    long bytes = (long) images * target.values();
    if (bytes > FileLimits.BYTES) {
      throw new EnvironmentException(
          Problem.with("data set", where)
              .expected("at most %d bytes of images".formatted(FileLimits.BYTES))
              .received("%d images of %s".formatted(images, target))
              .advice("Train on fewer images."));
    }
    return (int) bytes;
  }

  /** Converted images as an array: {@code [n, height, width]}, color images with channels. */
  NdArray array(byte[] images, int count) {
    List<Integer> shape =
        target.channels() == 1
            ? List.of(count, target.height(), target.width())
            : List.of(count, target.height(), target.width(), target.channels());
    return new NdArray(DType.UINT8, shape, ByteBuffer.wrap(images));
  }

  /** Converts one image and writes it to an array of converted images. */
  void apply(byte[] image, ImageShape source, byte[] images, int offset) {
    if (!source.equals(target)) {
      notes.add("%s was converted to %s".formatted(source, target));
    }
    byte[] colored = channels(image, source.channels());
    if (source.height() == target.height() && source.width() == target.width()) {
      System.arraycopy(colored, 0, images, offset, colored.length);
      return;
    }
    byte[] scaled =
        new Resampling(source, target.channels(), target.height(), target.width()).of(colored);
    System.arraycopy(scaled, 0, images, offset, scaled.length);
  }

  /** The image with the channels of the target. */
  private byte[] channels(byte[] image, int channels) {
    if (channels == target.channels()) {
      return image;
    }
    int pixels = image.length / channels;
    byte[] converted = new byte[pixels * target.channels()];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int at = pixel * channels;
      for (int channel = 0; channel < target.channels(); channel++) {
        converted[pixel * target.channels() + channel] =
            channels < 3
                ? image[at]
                : target.channels() == 1 ? gray(image, at) : image[at + Math.min(channel, 2)];
      }
    }
    return converted;
  }

  private static byte gray(byte[] image, int at) {
    int sum =
        RED * Byte.toUnsignedInt(image[at])
            + GREEN * Byte.toUnsignedInt(image[at + 1])
            + BLUE * Byte.toUnsignedInt(image[at + 2]);
    return (byte) ((sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS);
  }
}
