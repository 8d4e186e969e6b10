package org.kerastwin.api;

import java.util.List;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.image.PixelRange;
import org.kerastwin.io.NdArray;

/**
 * Immutable images, float32 {@code [count, height, width, channels]} from -1 to 1, from 0 to 1 if
 * the generator ends in a sigmoid, or from 0 to 255 if it rescales to them.
 */
public final class Images {
  private final NdArray array;
  private final PixelRange range;

  Images(NdArray array, PixelRange range) {
    this.array = array;
    this.range = range;
  }

  /** The sizes {@code [count, height, width, channels]}. */
  public List<Integer> shape() {
    return array.shape();
  }

  /** The number of images. */
  public int count() {
    return array.shape().get(0);
  }

  /** All pixels in row-major order, from black to white. */
  public float[] pixels() {
    return array.floats();
  }

  /**
   * One image as the content of a PNG file.
   *
   * @param index from 0
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public byte[] png(int index) {
    return ImageGrid.singlePng(range.toSymmetric(array), index);
  }

  /** All images in a grid that is as square as possible, as the content of a PNG file. */
  public byte[] gridPng() {
    return ImageGrid.holding(count()).png(range.toSymmetric(array));
  }
}
