package org.kerastwin.parity.compare;

import java.util.List;
import org.kerastwin.io.NdArray;

/**
 * Numbers shown as an image, one per pixel, rows from top to bottom.
 *
 * @param width pixels per row
 * @param values of the pixels; the last row may be incomplete
 */
@SuppressWarnings("ArrayRecordComponent")
public record PixelMap(int width, float[] values) {
  /** The longest side in pixels; it keeps reports with many images small. */
  private static final int MAX_SIDE = 128;

  public int height() {
    return (values.length + width - 1) / width;
  }

  /**
   * The elements of a tensor: the last dimension runs across, all others down. In large tensors a
   * pixel shows the greatest of several neighbors, so that no error is lost; NaN counts as the
   * greatest.
   *
   * @param values its elements, or samples of them, laid out in a square
   * @param shape of the whole tensor
   */
  public static PixelMap of(float[] values, List<Integer> shape) {
    boolean hasColumns = NdArray.elements(shape) == values.length && shape.size() > 1;
    int columns =
        hasColumns
            ? shape.get(shape.size() - 1)
            : (int) Math.ceil(Math.sqrt(Math.max(1, values.length)));
    return new PixelMap(columns, values).pooled();
  }

  private PixelMap pooled() {
    int across = (width + MAX_SIDE - 1) / MAX_SIDE;
    int down = (height() + MAX_SIDE - 1) / MAX_SIDE;
    if (across == 1 && down == 1) {
      return this;
    }
    int smallWidth = (width + across - 1) / across;
    float[] greatest = new float[smallWidth * ((height() + down - 1) / down)];
    for (int i = 0; i < values.length; i++) {
      int pixel = i / width / down * smallWidth + i % width / across;
      greatest[pixel] = Math.max(greatest[pixel], values[i]);
    }
    return new PixelMap(smallWidth, greatest);
  }
}
