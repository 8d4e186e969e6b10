package org.kerastwin.layers;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The window that a convolution or a pooling slides over {@code [batch, height, width, channels]}.
 *
 * @param size its height and width, positive
 * @param strides its steps along height and width, positive
 * @param padding how the border is treated
 * @param dilation distance between its taps along height and width, positive; must be 1 unless the
 *     strides are 1
 */
public record Window(Size size, Size strides, Padding padding, Size dilation) {
  /** Checks the sizes. */
  public Window {
    size.requirePositive("kernelSize");
    strides.requirePositive("strides");
    dilation.requirePositive("dilation");
    if (!dilation.isSquare(1) && !strides.isSquare(1)) {
      throw new ArgumentException("strides of 1 with a dilation", "strides", strides);
    }
  }

  /** A window without dilation. */
  public Window(Size size, Size strides, Padding padding) {
    this(size, strides, padding, Size.ONE);
  }

  /** A square window with SAME padding. */
  static Window same(int size, int strides) {
    return new Window(Size.square(size), Size.square(strides), Padding.SAME);
  }

  /** Whether this is a square window with SAME padding and without dilation. */
  boolean isSame(int side, int stride) {
    return equals(same(side, stride));
  }

  /**
   * The shape of a sample that the window gives.
   *
   * @param input {@code [height, width, channels]}
   * @param channels of the result
   * @throws ShapeException if the window is larger than the input and does not pad
   */
  Shape output(Shape input, long channels) {
    ShapeException.requireImage(input);
    long height = positions(input.get(0), size.height(), strides.height(), dilation.height());
    long width = positions(input.get(1), size.width(), strides.width(), dilation.width());
    if (height < 1 || width < 1) {
      throw new ShapeException("an image of at least %s pixels".formatted(size), input);
    }
    return Shape.of(height, width, channels);
  }

  private long positions(long length, int taps, int stride, int distance) {
    long covered = padding == Padding.SAME ? 1 : (taps - 1L) * distance + 1;
    return Math.floorDiv(length - covered, stride) + 1;
  }

  /** The size by dimension, as TensorFlow takes it. */
  List<Long> sizes() {
    return byDimension(size);
  }

  /** The strides by dimension, as TensorFlow takes them. */
  List<Long> steps() {
    return byDimension(strides);
  }

  static long[] attribute(Size size) {
    return new long[] {1, size.height(), size.width(), 1};
  }

  static List<Long> byDimension(Size size) {
    return List.of(1L, (long) size.height(), (long) size.width(), 1L);
  }
}
