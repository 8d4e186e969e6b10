package org.kerastwin.parity.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.function.ToIntFunction;
import org.kerastwin.image.Png;
import org.kerastwin.parity.compare.PixelMap;

/** PNG images as data URIs, so that a report is one file. */
final class PngDataUri {
  /** The color scale: it starts at a tenth of the rounding of float32 and ends at an error of 1. */
  private static final double DECADES = 8;

  private static final int NAN = new Color(128, 0, 255).getRGB();
  private static final int WHITE = 255;

  private PngDataUri() {}

  /**
   * Errors in colors on a logarithmic scale: 0 white, 1e-8 pale yellow, 1 and more red, NaN violet.
   *
   * @param errors relative to the expected values
   */
  static String ofErrors(PixelMap errors) {
    return dataUri(errors, PngDataUri::heat);
  }

  /** Gray values from 0 to 255. */
  static String ofGrays(PixelMap grays) {
    return dataUri(
        grays,
        value -> {
          int gray = Math.max(0, Math.min(WHITE, Math.round(value)));
          return new Color(gray, gray, gray).getRGB();
        });
  }

  private static int heat(float error) {
    if (Float.isNaN(error)) {
      return NAN;
    }
    if (error == 0) {
      return Color.WHITE.getRGB();
    }
    double part = Math.max(0, Math.min(1, 1 + Math.log10(error) / DECADES));
    return Color.HSBtoRGB((float) (1 - part) / 6, (float) (0.25 + 0.75 * part), 1);
  }

  private static String dataUri(PixelMap picture, ToIntFunction<Float> color) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int index = y * picture.width() + x;
        boolean hasValue = index < picture.values().length;
        image.setRGB(
            x, y, hasValue ? color.applyAsInt(picture.values()[index]) : Color.GRAY.getRGB());
      }
    }
    return Png.dataUri(Png.encode(image));
  }
}
