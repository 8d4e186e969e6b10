package org.kerastwin.data.digits;

/**
 * One person's handwriting: an affine map that slants, turns and narrows a glyph, and a smooth bend
 * of the whole plane, which keeps strokes connected.
 */
final class Hand {
  private static final double SLANT = 0.18;
  private static final double SLANT_DEVIATION = 0.2;
  private static final double TURN_DEVIATION = 0.1;
  private static final double[] BEND_DEVIATIONS = {.14, .2, .14, .3, .14, .2, .14, .3};

  /** Coefficients of x and y for the new x, then for the new y. */
  private final double xx;

  private final double xy;
  private final double yx;
  private final double yy;

  /** Coefficients of x², xy, y², y³ for the new x, then of x², xy, y², x³ for the new y. */
  private final double[] bends;

  /** Draws a random handwriting. */
  Hand(SplitMix random) {
    double turn = random.bell(TURN_DEVIATION);
    // StrictMath: the same bits on every machine.
    double cosine = StrictMath.cos(turn);
    double sine = StrictMath.sin(turn);
    double width = random.uniform(0.75, 1.15);
    // With y down, a slant to the right moves the upper half, whose y is negative, to the right.
    double slant = -SLANT + random.bell(SLANT_DEVIATION);
    bends = new double[BEND_DEVIATIONS.length];
    for (int i = 0; i < bends.length; i++) {
      bends[i] = random.bell(BEND_DEVIATIONS[i]);
    }
    xx = cosine * width;
    xy = cosine * slant - sine;
    yx = sine * width;
    yy = sine * slant + cosine;
  }

  /** Transforms a stroke of the unit square to one around (0, 0). */
  double[] write(double[] stroke) {
    double[] written = new double[stroke.length];
    for (int i = 0; i < stroke.length; i += 2) {
      double x = stroke[i] - 0.5;
      double y = stroke[i + 1] - 0.5;
      double u = x + bends[0] * x * x + bends[1] * x * y + bends[2] * y * y + bends[3] * y * y * y;
      double v = y + bends[4] * x * x + bends[5] * x * y + bends[6] * y * y + bends[7] * x * x * x;
      written[i] = xx * u + xy * v;
      written[i + 1] = yx * u + yy * v;
    }
    return written;
  }
}
