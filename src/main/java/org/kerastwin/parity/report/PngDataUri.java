package org.kerastwin.parity.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.function.ToIntFunction;
import org.kerastwin.parity.compare.PixelMap;
import org.kerastwin.report.Png;

/** ErrorImages as PNG in a page's own text, so that a report is one file. */
final class PngDataUri {
  /**
   * Errors from a tenth of a float32's rounding on are seen; those of the value's own size are
   * full.
   */
  private static final double DECADES = 8;

  private static final int NAN = new Color(128, 0, 255).getRGB();
  private static final int WHITE = 255;

  private PngDataUri() {}

  /**
   * Errors on a logarithmic scale: white is 0, pale yellow 1e-8, red 1 and more, violet NaN.
   *
   * @param errors as parts of the expected values' size
   */
  static String ofErrors(PixelMap errors) {
    return dataUri(errors, PngDataUri::heat);
  }

  /** Values from 0 to 255 as they are. */
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
        boolean isThere = index < picture.values().length;
        image.setRGB(
            x, y, isThere ? color.applyAsInt(picture.values()[index]) : Color.GRAY.getRGB());
      }
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.encode(image));
  }
}
