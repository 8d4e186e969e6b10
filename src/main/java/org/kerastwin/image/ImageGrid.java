package org.kerastwin.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Draws images {@code [count, height, width, channels]}, float32 in [-1, 1], as gray or RGB PNG
 * files with 8 bits per channel, in a grid or one by one.
 *
 * <p>A value v becomes the level round((v + 1) · 127.5), clipped to 0..255; NaN becomes 0. The grid
 * is filled row by row, with {@value #SEPARATOR} white pixels between images and no border. It is
 * columns · width + (columns - 1) · {@value #SEPARATOR} pixels wide. Empty cells stay white.
 *
 * @param columns at least 1
 * @param rows at least 1
 */
public record ImageGrid(int columns, int rows) {
  /** The gap between images, in pixels. */
  public static final int SEPARATOR = 2;

  private static final int WHITE = 255;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public ImageGrid {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 column and 1 row, received %dx%d".formatted(columns, rows));
    }
  }

  /** The grid closest to a square that holds this many images and has no empty row. */
  public static ImageGrid holding(int count) {
    int columns = (int) Math.ceil(Math.sqrt(count));
    return new ImageGrid(columns, (count + columns - 1) / columns);
  }

  /** The number of cells. */
  public int cells() {
    return Math.multiplyExact(columns, rows);
  }

  /**
   * Encodes the grid of the first images as PNG.
   *
   * @param images float32 {@code [count, height, width, 1 or 3]}; surplus images are omitted
   * @throws IllegalArgumentException if type or shape differ
   */
  public byte[] png(NdArray images) {
    return Png.encode(draw(images));
  }

  /**
   * Whether a file's content is a grid as {@link #png} encodes it.
   *
   * @param png any bytes
   * @param height of each image
   * @param width of each image
   * @param channels 1 or 3
   */
  public boolean isPicture(byte[] png, int height, int width, int channels) {
    try {
      BufferedImage image = Png.decode(png);
      return image.getType() == type(channels)
          && image.getHeight() == rows * (height + SEPARATOR) - SEPARATOR
          && image.getWidth() == columns * (width + SEPARATOR) - SEPARATOR;
    } catch (IOException | RuntimeException damaged) {
      // ImageIO also throws unchecked exceptions at damaged headers.
      return false;
    }
  }

  /**
   * Encodes one image as PNG.
   *
   * @param images float32 {@code [count, height, width, 1 or 3]}
   * @param index index of the image, from 0
   * @throws IllegalArgumentException if type or shape differ
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public static byte[] singlePng(NdArray images, int index) {
    return Png.encode(single(images, index));
  }

  /** Draws one image, as {@link #singlePng} does. */
  static BufferedImage single(NdArray images, int index) {
    Batch batch = Batch.of(images);
    BufferedImage canvas = batch.canvas(batch.height(), batch.width());
    batch.paint(index, canvas.getRaster(), 0, 0);
    return canvas;
  }

  private BufferedImage draw(NdArray images) {
    Batch batch = Batch.of(images);
    int rowStep = batch.height() + SEPARATOR;
    int columnStep = batch.width() + SEPARATOR;
    BufferedImage canvas =
        batch.canvas(
            Math.multiplyExact(rows, rowStep) - SEPARATOR,
            Math.multiplyExact(columns, columnStep) - SEPARATOR);
    WritableRaster raster = canvas.getRaster();
    for (int i = 0; i < Math.min(cells(), batch.count()); i++) {
      batch.paint(i, raster, i / columns * rowStep, i % columns * columnStep);
    }
    return canvas;
  }

  private static int type(int channels) {
    return channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
  }

  /** The level of a value: 0 for -1, 128 for 0, 255 for 1. */
  static int level(float value) {
    return (int) Math.max(0, Math.min(WHITE, Math.round((value + 1.0) * 127.5)));
  }

  /** Checked images, row-major. */
  private record Batch(int count, int height, int width, int channels, FloatBuffer values) {
    static Batch of(NdArray images) {
      List<Integer> shape = images.shape();
      if (images.dtype() != DType.FLOAT32
          || shape.size() != 4
          || (shape.get(3) != 1 && shape.get(3) != 3)
          || shape.get(1) < 1
          || shape.get(2) < 1) {
        throw new IllegalArgumentException(
            "expected images FLOAT32 [count, height, width, 1 or 3], received " + images);
      }
      return new Batch(
          shape.get(0), shape.get(1), shape.get(2), shape.get(3), images.data().asFloatBuffer());
    }

    BufferedImage canvas(int height, int width) {
      BufferedImage canvas = new BufferedImage(width, height, type(channels));
      int[] white = new int[width * height * channels];
      Arrays.fill(white, WHITE);
      canvas.getRaster().setPixels(0, 0, width, height, white);
      return canvas;
    }

    void paint(int index, WritableRaster raster, int top, int left) {
      int[] levels = new int[height * width * channels];
      int start = Objects.checkIndex(index, count) * levels.length;
      for (int i = 0; i < levels.length; i++) {
        levels[i] = level(values.get(start + i));
      }
      raster.setPixels(left, top, width, height, levels);
    }
  }
}
