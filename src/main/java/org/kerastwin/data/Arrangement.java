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
        yield transposed(pixels, n, shape.get(1), shape.get(2), shape.get(3));
      }
      case VECTORS -> {
        int side = side(shape.get(1));
        notes.add("vectors of %d pixels were taken as %d x %d".formatted(side * side, side, side));
        yield new NdArray(DType.UINT8, List.of(n, side, side), pixels.data());
      }
    };
  }

  private static NdArray transposed(NdArray pixels, int n, int channels, int height, int width) {
    ByteBuffer from = pixels.data();
    byte[] to = new byte[pixels.size()];
    int area = height * width;
    for (int image = 0; image < n; image++) {
      int start = image * channels * area;
      for (int pixel = 0; pixel < area; pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          to[start + pixel * channels + channel] = from.get(start + channel * area + pixel);
        }
      }
    }
    return new NdArray(DType.UINT8, List.of(n, height, width, channels), ByteBuffer.wrap(to));
  }
}
