package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * An array of images from a file in one of the shapes of {@link Arrangement}: bytes from 0 to 255,
 * other integers in that range, or floats from 0 to 1, -1 to 1 or 0 to 255.
 *
 * @param array the images
 * @param where the file, for messages
 */
record ImageArray(NdArray array, Object where) {
  private static final int MAX_BYTE = 255;

  /** A scaling or division in float32 may exceed the limit of a range by its rounding. */
  private static final double ROUNDING = 1e-5;

  /** Whether an array has the shape of images. */
  static boolean isImages(NdArray array) {
    return Arrangement.of(array.shape()).isPresent();
  }

  /**
   * The images as bytes.
   *
   * @param notes receives the conversions
   * @throws EnvironmentException if the array has another shape, or a number is out of range
   */
  Split bytes(Optional<NdArray> labels, ConversionNotes notes) {
    Arrangement arrangement = Arrangement.of(array.shape()).orElseThrow(this::noImages);
    NdArray pixels = pixels(notes);
    return new Split(arrangement.arranged(pixels, notes), labels);
  }

  private EnvironmentException noImages() {
    return new EnvironmentException(
        Problem.with("data set", where)
            .expected("images [n, height, width] or [n, height, width, channels] with n > 0")
            .received(array)
            .advice("Reshape the array."));
  }

  private NdArray pixels(ConversionNotes notes) {
    IntToDoubleFunction numbers = numbers();
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < array.size(); i++) {
      double number = numbers.applyAsDouble(i);
      // Makes NaN the least number, so that the check of the range rejects it.
      least = number < least || Double.isNaN(number) ? number : least;
      greatest = number > greatest ? number : greatest;
      if (array.dtype() == DType.UINT8 && greatest > 1) {
        return array;
      }
    }
    return scaled(numbers, least, greatest, notes);
  }

  private NdArray scaled(
      IntToDoubleFunction numbers, double least, double greatest, ConversionNotes notes) {
    boolean floats = array.dtype() == DType.FLOAT32 || array.dtype() == DType.FLOAT64;
    if (floats && least >= -1 - ROUNDING && least < -ROUNDING && greatest <= 1 + ROUNDING) {
      notes.add("floats from -1 to 1 were scaled to bytes");
      return rounded(i -> (numbers.applyAsDouble(i) + 1) * MAX_BYTE / 2);
    }
    double rounding = floats ? ROUNDING : 0;
    if (!(least >= -rounding && greatest <= MAX_BYTE + rounding * MAX_BYTE)) {
      throw new EnvironmentException(
          Problem.with("data set", where)
              .expected(
                  floats
                      ? "pixels from 0 to 1, from -1 to 1 or from 0 to 255"
                      : "pixels from 0 to 255")
              .received("%s from %s to %s".formatted(array.dtype(), least, greatest))
              .advice("Scale the pixels."));
    }
    if (greatest <= 1 + rounding && greatest > 0) {
      notes.add("pixels from 0 to 1 were scaled to bytes");
      return rounded(i -> numbers.applyAsDouble(i) * MAX_BYTE);
    }
    return array.dtype() == DType.UINT8 ? array : rounded(numbers);
  }

  private NdArray rounded(IntToDoubleFunction pixels) {
    byte[] bytes = new byte[array.size()];
    IntStream.range(0, bytes.length)
        .parallel()
        .forEach(i -> bytes[i] = nearest(pixels.applyAsDouble(i)));
    return new NdArray(DType.UINT8, array.shape(), ByteBuffer.wrap(bytes));
  }

  private static byte nearest(double pixel) {
    return (byte) Math.max(0, Math.min(MAX_BYTE, Math.round(pixel)));
  }

  private IntToDoubleFunction numbers() {
    ByteBuffer data = array.data();
    return switch (array.dtype()) {
      case UINT8 -> i -> Byte.toUnsignedInt(data.get(i));
      case INT32 -> i -> data.getInt(i * Integer.BYTES);
      case INT64 -> i -> data.getLong(i * Long.BYTES);
      case FLOAT32 -> i -> data.getFloat(i * Float.BYTES);
      case FLOAT64 -> i -> data.getDouble(i * Double.BYTES);
    };
  }
}
