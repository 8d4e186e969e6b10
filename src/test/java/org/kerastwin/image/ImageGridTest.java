package org.kerastwin.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.io.NdArray;

final class ImageGridTest {
  /** Three images of 1 × 2 pixels. */
  private static final NdArray IMAGES =
      NdArray.ofFloats(new float[] {-1f, 1f, 0f, 0.5f, -0.5f, -2f}, List.of(3, 1, 2, 1));

  /** By hand: 0 is 127.5, rounded up; 0.5 is 191.25; -0.5 is 63.75. */
  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "1, 255",
    "0, 128",
    "0.5, 191",
    "-0.5, 64",
    "-0.003, 127",
    "1.01, 255",
    "-7, 0",
    "Infinity, 255",
    "-Infinity, 0",
    "NaN, 0"
  })
  void mapsValuesToGrays(float value, int gray) {
    assertEquals(gray, ImageGrid.level(value));
  }

  @Test
  void keepsEveryGrayOfTheData() {
    for (int gray = 0; gray <= 255; gray++) {
      assertEquals(gray, ImageGrid.level((gray - 127.5f) / 127.5f));
    }
  }

  @Test
  void laysImagesRowByRowWithGapsOfTwoPixels() throws IOException {
    BufferedImage grid = read(new ImageGrid(2, 2).png(IMAGES));
    assertEquals(6, grid.getWidth());
    assertEquals(4, grid.getHeight());
    assertArrayEquals(new int[] {0, 255, 255, 255, 128, 191}, row(grid, 0));
    assertArrayEquals(new int[] {255, 255, 255, 255, 255, 255}, row(grid, 1));
    assertArrayEquals(new int[] {255, 255, 255, 255, 255, 255}, row(grid, 2));
    assertArrayEquals(new int[] {64, 0, 255, 255, 255, 255}, row(grid, 3));
  }

  @Test
  void leavesOutSurplusImages() throws IOException {
    BufferedImage grid = read(new ImageGrid(1, 1).png(IMAGES));
    assertArrayEquals(new int[] {0, 255}, row(grid, 0));
    assertEquals(1, grid.getHeight());
  }

  @Test
  void hundredDigitsTake298Pixels() throws IOException {
    NdArray digits = NdArray.ofFloats(new float[100 * 28 * 28], List.of(100, 28, 28, 1));
    BufferedImage grid = read(new ImageGrid(10, 10).png(digits));
    assertEquals(298, grid.getWidth());
    assertEquals(298, grid.getHeight());
  }

  @Test
  void singleImageIsGrayscaleOfEightBits() throws IOException {
    BufferedImage image = read(ImageGrid.singlePng(IMAGES, 1));
    assertArrayEquals(new int[] {128, 191}, row(image, 0));
    assertEquals(BufferedImage.TYPE_BYTE_GRAY, image.getType());
    assertThrows(IndexOutOfBoundsException.class, () -> ImageGrid.singlePng(IMAGES, 3));
  }

  @Test
  void drawsColor() throws IOException {
    NdArray images =
        NdArray.ofFloats(new float[] {-1, 1, 0, 1, -1, -1, 0, 0.5f, -0.5f}, List.of(3, 1, 1, 3));
    BufferedImage grid = read(new ImageGrid(3, 1).png(images));
    assertEquals(3, grid.getRaster().getNumBands());
    assertEquals(0xff00ff80, grid.getRGB(0, 0));
    assertEquals(0xffffffff, grid.getRGB(1, 0));
    assertEquals(0xffff0000, grid.getRGB(3, 0));
    assertEquals(0xff80bf40, grid.getRGB(6, 0));
  }

  @Test
  void columnsComeFirst() throws IOException {
    BufferedImage grid = read(new ImageGrid(3, 1).png(IMAGES));
    assertEquals(10, grid.getWidth());
    assertEquals(1, grid.getHeight());
  }

  /** By hand: the columns are the square root, rounded up. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 1", "5, 3, 2", "20, 5, 4", "100, 10, 10"})
  void chosenGridIsNearlySquare(int count, int columns, int rows) {
    assertEquals(new ImageGrid(columns, rows), ImageGrid.holding(count));
  }

  /** ImageIO would use a temporary file, and there may be no room for one. */
  @Test
  void recognizesPicturesWithoutTemporaryFiles(@TempDir Path folder) throws IOException {
    ImageGrid grid = new ImageGrid(2, 2);
    Path cache = Files.createDirectory(folder.resolve("cache"));
    ImageIO.setCacheDirectory(cache.toFile());
    try {
      Files.delete(cache);
      assertTrue(grid.isPicture(grid.png(IMAGES), 1, 2, 1));
      assertFalse(grid.isPicture(new byte[100], 1, 2, 1));
    } finally {
      ImageIO.setCacheDirectory(null);
    }
  }

  @Test
  void rejectsOtherShapesAndTypes() {
    ImageGrid grid = new ImageGrid(1, 1);
    NdArray color = NdArray.ofFloats(new float[16], List.of(1, 2, 2, 4));
    NdArray flat = NdArray.ofFloats(new float[4], List.of(1, 4));
    NdArray bytes = NdArray.ofBytes(new byte[4], List.of(1, 2, 2, 1));
    for (NdArray images : List.of(color, flat, bytes)) {
      assertThrows(IllegalArgumentException.class, () -> grid.png(images));
    }
    assertThrows(IllegalArgumentException.class, () -> new ImageGrid(0, 1));
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static int[] row(BufferedImage image, int y) {
    return image.getRaster().getPixels(0, y, image.getWidth(), 1, (int[]) null);
  }
}
