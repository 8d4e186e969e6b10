package org.kerastwin.data.digits;

import java.util.List;

/** Places strokes in the image as MNIST does: scaled to a size and centered by mass. */
final class StrokePlacement {
  private StrokePlacement() {}

  /**
   * Scales and moves all strokes together, in place.
   *
   * @param strokes around any point, of any size but 0
   * @param size the greater of height and width afterwards, in pixels
   * @return the same arrays
   */
  static List<double[]> fit(List<double[]> strokes, double size) {
    double scale = size / Math.max(extent(strokes, 0), extent(strokes, 1));
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (double[] stroke : strokes) {
      for (int i = 0; i + 3 < stroke.length; i += 2) {
        double dx = stroke[i + 2] - stroke[i];
        double dy = stroke[i + 3] - stroke[i + 1];
        double length = Math.sqrt(dx * dx + dy * dy);
        mass += length;
        momentX += length * (stroke[i] + stroke[i + 2]) / 2;
        momentY += length * (stroke[i + 1] + stroke[i + 3]) / 2;
      }
    }
    double center = Pen.SIDE / 2.0;
    for (double[] stroke : strokes) {
      for (int i = 0; i < stroke.length; i += 2) {
        stroke[i] = center + scale * (stroke[i] - momentX / mass);
        stroke[i + 1] = center + scale * (stroke[i + 1] - momentY / mass);
      }
    }
    return strokes;
  }

  private static double extent(List<double[]> strokes, int axis) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double[] stroke : strokes) {
      for (int i = axis; i < stroke.length; i += 2) {
        least = Math.min(least, stroke[i]);
        greatest = Math.max(greatest, stroke[i]);
      }
    }
    return greatest - least;
  }
}
