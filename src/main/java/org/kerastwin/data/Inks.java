package org.kerastwin.data;

import java.awt.image.Raster;

/**
 * The inks of a printer in a JPEG file: cyan, magenta, yellow and black. As in Photoshop's files,
 * 255 means no ink. They become color as in Pillow's {@code convert("RGB")}: with no profile, each
 * color is what its ink and black leave of it.
 *
 * @param transformed whether the first three are stored as luminance and chrominance (YCCK)
 */
record Inks(boolean transformed) {
  private static final int MAX_BYTE = 255;
  private static final int HALF_BYTE = 128;

  /** Factors of ITU-R BT.601, as JFIF gives them. */
  private static final double RED_BY_RED = 1.402;

  private static final double GREEN_BY_BLUE = 0.344136286;
  private static final double GREEN_BY_RED = 0.714136286;
  private static final double BLUE_BY_BLUE = 1.772;

  /** The picture in color. */
  Picture picture(Raster stored) {
    int height = stored.getHeight();
    int width = stored.getWidth();
    byte[] pixels = new byte[height * width * 3];
    int[] inks = new int[4];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        stored.getPixel(x, y, inks);
        if (transformed) {
          invertTransform(inks);
        }
        for (int color = 0; color < 3; color++) {
          pixels[at++] = (byte) Math.round(inks[color] * inks[3] / (double) MAX_BYTE);
        }
      }
    }
    return new Picture(pixels, new ImageShape(height, width, 3));
  }

  /** Luminance and chrominance are those of the inks' complement. */
  private static void invertTransform(int... inks) {
    int blue = inks[1] - HALF_BYTE;
    int red = inks[2] - HALF_BYTE;
    int luminance = inks[0];
    inks[0] = MAX_BYTE - toByte(luminance + RED_BY_RED * red);
    inks[1] = MAX_BYTE - toByte(luminance - GREEN_BY_BLUE * blue - GREEN_BY_RED * red);
    inks[2] = MAX_BYTE - toByte(luminance + BLUE_BY_BLUE * blue);
  }

  private static int toByte(double number) {
    return (int) Math.max(0, Math.min(MAX_BYTE, Math.round(number)));
  }
}
