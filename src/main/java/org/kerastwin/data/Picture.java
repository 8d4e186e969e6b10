package org.kerastwin.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture read from a PNG or JPEG file.
 *
 * @param pixels {@code [height, width, channels]}
 * @param shape gray or color, as in the file; transparency is dropped
 */
@SuppressWarnings("ArrayRecordComponent")
record Picture(byte[] pixels, ImageShape shape) {
  private static final long MAX_BYTES = 64L << 20;

  /** A decoded picture of 64 million pixels takes 256 MiB. */
  private static final long MAX_PIXELS = 1L << 26;

  /** The JDK's warning about a JPEG file that ends too early. */
  private static final String TRUNCATION = "Truncated File - Missing EOI marker";

  /** Whether a file is a picture by its name's ending. */
  static boolean isNamed(Path file) {
    return file.getFileName().toString().matches("(?i)[^.].*\\.(png|jpg|jpeg)");
  }

  /**
   * Reads a file, in the format that its first bytes indicate.
   *
   * @throws IOException if it is damaged, too large, or of another format
   */
  static Picture read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("%d bytes".formatted(Files.size(file)));
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      throw new IOException("an empty file");
    }
    try {
      Optional<JpegHeader> jpeg = JpegHeader.of(bytes);
      Orientation orientation =
          jpeg.isPresent()
              ? jpeg.get().exif().map(Orientation::of).orElse(Orientation.NONE)
              : Orientation.ofPng(bytes);
      return orientation.apply(stored(bytes, jpeg));
    } catch (RuntimeException e) {
      // For damaged files the library also throws unchecked exceptions.
      throw new IOException("damaged data", e);
    }
  }

  /** The pixels in the order of the file. */
  private static Picture stored(byte[] bytes, Optional<JpegHeader> jpeg) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("neither PNG nor JPEG");
      }
      ImageReader reader = readers.next();
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      try {
        reader.setInput(in, true, true);
        long size = (long) reader.getWidth(0) * reader.getHeight(0);
        if (size > MAX_PIXELS) {
          throw new IOException("%d pixels".formatted(size));
        }
        Optional<Inks> inks = jpeg.flatMap(JpegHeader::inks);
        Picture picture =
            inks.isPresent() ? inks.get().picture(reader.readRaster(0, null)) : of(reader.read(0));
        // The library fills what is missing of a JPEG picture with gray.
        if (warnings.stream().anyMatch(TRUNCATION::equals)) {
          throw new EOFException();
        }
        return picture;
      } finally {
        reader.dispose();
      }
    }
  }

  private static Picture of(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    ColorModel model = image.getColorModel();
    // BufferedImage.getRGB would change gray pixels, since it converts their color space.
    boolean gray = model instanceof ComponentColorModel && model.getNumColorComponents() == 1;
    int channels = gray ? 1 : 3;
    byte[] pixels = new byte[height * width * channels];
    Raster raster = image.getRaster();
    int greatest = (1 << model.getComponentSize(0)) - 1;
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (gray) {
          pixels[at++] = (byte) ((raster.getSample(x, y, 0) * 255 + greatest / 2) / greatest);
        } else {
          int color = image.getRGB(x, y);
          pixels[at++] = (byte) (color >> 16);
          pixels[at++] = (byte) (color >> 8);
          pixels[at++] = (byte) color;
        }
      }
    }
    return new Picture(pixels, new ImageShape(height, width, channels));
  }
}
