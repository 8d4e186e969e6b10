package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/** The order of the pixels in an array of images. */
enum Arrangement {
  /** {@code [n, height, width]} or {@code [n, height, width, channels]}. */
  CHANNELS_LAST,
  /** {@code [n, channels, height, width]}, as PyTorch has them. */
  CHANNELS_FIRST,
  /** {@code [n, height * width]}; the images are squares. */
  VECTORS;

  /** A smaller side indicates another order, such as {@code [height, width, n]}. */
  private static final int MIN_SIDE = 8;

  private static final int MAX_SIDE = 4096;
  private static final int MAX_CHANNELS = 4;

  /** The arrangement of an array of this shape; empty if it can't hold images. */
  static Optional<Arrangement> of(List<Integer> shape) {
    if (shape.isEmpty() || shape.get(0) == 0) {
      return Optional.empty();
    }
    return switch (shape.size()) {
      case 2 -> Optional.of(VECTORS).filter(any -> isSquare(shape.get(1)));
      case 3 -> Optional.of(CHANNELS_LAST).filter(any -> areSides(shape.subList(1, 3)));
      case 4 -> {
        if (areChannels(shape.get(3)) && areSides(shape.subList(1, 3))) {
          yield Optional.of(CHANNELS_LAST);
        }
        yield Optional.of(CHANNELS_FIRST)
            .filter(any -> areChannels(shape.get(1)) && areSides(shape.subList(2, 4)));
      }
      default -> Optional.empty();
    };
  }

  private static boolean isSquare(int pixels) {
    int side = side(pixels);
    return side * side == pixels && areSides(List.of(side));
  }

  private static int side(int pixels) {
    return (int) Math.round(Math.sqrt(pixels));
  }

  private static boolean areSides(List<Integer> sides) {
    return sides.stream().allMatch(side -> side >= MIN_SIDE && side <= MAX_SIDE);
  }

  private static boolean areChannels(int channels) {
    return channels > 0 && channels <= MAX_CHANNELS;
  }

  /**
   * The images as {@code [n, height, width]} or {@code [n, height, width, channels]}.
   *
   * @param pixels bytes in this arrangement
   * @param notes receives the conversion, if there is one
   */
  NdArray arranged(NdArray pixels, ConversionNotes notes) {
    List<Integer> shape = pixels.shape();
    int n = shape.get(0);
    return switch (this) {
      case CHANNELS_LAST -> pixels;
      case CHANNELS_FIRST -> {
        notes.add("images [channels, height, width] were transposed");
        int channels = shape.get(1);
        int height = shape.get(2);
        int width = shape.get(3);
        yield transposed(pixels, channels, height * width, List.of(n, height, width, channels));
      }
      case VECTORS -> {
        int side = side(shape.get(1));
        notes.add("vectors of %d pixels were taken as %d x %d".formatted(side * side, side, side));
        yield new NdArray(DType.UINT8, List.of(n, side, side), pixels.data());
      }
    };
  }

  /**
   * Transposes the matrix of bytes that each image is.
   *
   * @param images {@code n * rows * columns} bytes
   * @param shape the shape of the result; its first dimension is n
   */
  static NdArray transposed(NdArray images, int rows, int columns, List<Integer> shape) {
    ByteBuffer from = images.data();
    byte[] to = new byte[images.size()];
    int area = rows * columns;
    for (int start = 0; start < to.length; start += area) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          to[start + column * rows + row] = from.get(start + row * columns + column);
        }
      }
    }
    return new NdArray(DType.UINT8, shape, ByteBuffer.wrap(to));
  }
}
