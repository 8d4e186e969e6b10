package org.kerastwin.data.digits;

import java.util.Arrays;

/**
 * A round, soft pen. A pixel's brightness falls from 255 to 0 with its distance from the nearest
 * stroke, which antialiases the edge.
 */
final class Pen {
  /** Height and width of an image in pixels, as in MNIST. */
  static final int SIDE = 28;

  static final int PIXELS = SIDE * SIDE;

  private final double radius;
  private final double softness;
  private final double[] squares = new double[PIXELS];

  /**
   * Starts with an empty image.
   *
   * @param radius half the width of a line in pixels, measured at half its brightness
   * @param softness width of the falling edge in pixels
   */
  Pen(double radius, double softness) {
    this.radius = radius;
    this.softness = softness;
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
  }

  /** Draws a straight line between two points in pixels; a pixel's center is at a half. */
  void line(double x0, double y0, double x1, double y1) {
    double reach = radius + softness / 2;
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = dx * dx + dy * dy;
    double stepX = length > 0 ? dx / length : 0;
    double stepY = length > 0 ? dy / length : 0;
    int left = clamp(Math.min(x0, x1) - reach);
    int right = clamp(Math.max(x0, x1) + reach);
    int bottom = clamp(Math.max(y0, y1) + reach);
    for (int y = clamp(Math.min(y0, y1) - reach); y <= bottom; y++) {
      double py = y + 0.5 - y0;
      double alongY = py * stepY;
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - x0;
        double along = px * stepX + alongY;
        // Plain comparisons: Math.min and max handle NaN and take twice as long here.
        along = along < 0 ? 0 : along > 1 ? 1 : along;
        double ex = px - along * dx;
        double ey = py - along * dy;
        double square = ex * ex + ey * ey;
        int at = y * SIDE + x;
        if (square < squares[at]) {
          squares[at] = square;
        }
      }
    }
  }

  /** Writes the pixels as bytes over a black image. */
  void write(byte[] target, int offset) {
    double reach = radius + softness / 2;
    for (int i = 0; i < squares.length; i++) {
      if (squares[i] < reach * reach) {
        double covered = (reach - Math.sqrt(squares[i])) / softness;
        target[offset + i] = (byte) (int) (255 * Math.min(1, covered) + 0.5);
      }
    }
  }

  private static int clamp(double pixel) {
    return Math.max(0, Math.min(SIDE - 1, (int) pixel));
  }
}
