package org.kerastwin.parity.compare;

import java.util.List;

/**
 * Numbers to be looked at: one a pixel, rows from top to bottom.
 *
 * @param width pixels in a row
 * @param values all of them; the last row may lack some
 */
@SuppressWarnings("ArrayRecordComponent")
public record PixelMap(int width, float[] values) {
  /** The most pixels of a side, so that a page with many pictures stays small. */
  private static final int MAX_SIDE = 128;

  public int height() {
    return (values.length + width - 1) / width;
  }

  /**
   * The elements of a tensor, its last dimension across and all others down. Of a larger tensor a
   * pixel is the greatest of several neighbours, so that no error is lost; NaN is the greatest.
   *
   * @param values its elements, or samples of them, which are laid out in a square
   * @param shape the whole tensor's
   */
  public static PixelMap of(float[] values, List<Integer> shape) {
    long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    boolean hasColumns = elements == values.length && shape.size() > 1;
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
