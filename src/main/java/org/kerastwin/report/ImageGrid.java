package org.kerastwin.report;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Draws images [count, height, width, 1], float32 in [-1, 1], as 8-bit grayscale PNG: one alone, or
 * rows × columns in a grid.
 *
 * <p>A value v becomes the gray round((v + 1) · 127.5), the inverse of the data's scaling, cut to 0
 * to 255; NaN becomes 0. In a grid, images lie row by row, {@value #SEPARATOR} white pixels apart,
 * without a border: rows · height + (rows - 1) · {@value #SEPARATOR} pixels high, and as wide
 * likewise. Places without an image stay white.
 *
 * @param rows number of rows, at least 1
 * @param columns number of columns, at least 1
 */
public record ImageGrid(int rows, int columns) {
  /** The distance between images, in pixels. */
  public static final int SEPARATOR = 2;

  private static final int WHITE = 255;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public ImageGrid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 row and 1 column, received %d x %d".formatted(rows, columns));
    }
  }

  /** The number of places. */
  public int places() {
    return Math.multiplyExact(rows, columns);
  }

  /**
   * The grid of the first images as a PNG file.
   *
   * @param images float32 [count, height, width, 1]; those past the last place are left out
   * @throws IllegalArgumentException if type or shape differ
   */
  public byte[] png(NdArray images) {
    return Png.encode(draw(images));
  }

  /**
   * Writes the grid of the first images as a PNG file; the stream stays open.
   *
   * @param images float32 [count, height, width, 1]; those past the last place are left out
   * @throws IllegalArgumentException if type or shape differ
   * @throws IOException if the stream can't be written
   */
  public void writePng(NdArray images, OutputStream output) throws IOException {
    output.write(png(images));
  }

  /**
   * One image as a PNG file.
   *
   * @param images float32 [count, height, width, 1]
   * @param index which, from 0
   * @throws IllegalArgumentException if type or shape differ
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public static byte[] singlePng(NdArray images, int index) {
    Batch batch = Batch.of(images);
    BufferedImage canvas = canvas(batch.height(), batch.width());
    batch.paint(index, canvas.getRaster(), 0, 0);
    return Png.encode(canvas);
  }

  private BufferedImage draw(NdArray images) {
    Batch batch = Batch.of(images);
    int rowStep = batch.height() + SEPARATOR;
    int columnStep = batch.width() + SEPARATOR;
    BufferedImage canvas =
        canvas(
            Math.multiplyExact(rows, rowStep) - SEPARATOR,
            Math.multiplyExact(columns, columnStep) - SEPARATOR);
    WritableRaster raster = canvas.getRaster();
    for (int i = 0; i < Math.min(places(), batch.count()); i++) {
      batch.paint(i, raster, i / columns * rowStep, i % columns * columnStep);
    }
    return canvas;
  }

  private static BufferedImage canvas(int height, int width) {
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    int[] white = new int[width * height];
    Arrays.fill(white, WHITE);
    canvas.getRaster().setPixels(0, 0, width, height, white);
    return canvas;
  }

  /** The gray of a value: 0 for -1, 128 for 0, 255 for 1. */
  static int gray(float value) {
    return (int) Math.max(0, Math.min(WHITE, Math.round((value + 1.0) * 127.5)));
  }

  /** Checked images, row-major. */
  private record Batch(int count, int height, int width, FloatBuffer values) {
    static Batch of(NdArray images) {
      List<Integer> shape = images.shape();
      if (images.dtype() != DType.FLOAT32
          || shape.size() != 4
          || shape.get(3) != 1
          || shape.get(1) < 1
          || shape.get(2) < 1) {
        throw new IllegalArgumentException(
            "expected images FLOAT32 [count, height, width, 1], received " + images);
      }
      return new Batch(shape.get(0), shape.get(1), shape.get(2), images.data().asFloatBuffer());
    }

    void paint(int index, WritableRaster raster, int top, int left) {
      int start = Objects.checkIndex(index, count) * height * width;
      int[] grays = new int[height * width];
      for (int i = 0; i < grays.length; i++) {
        grays[i] = gray(values.get(start + i));
      }
      raster.setPixels(left, top, width, height, grays);
    }
  }
}
