package org.kerastwin.data.digits;

/**
 * One person's way of writing: the affine map that slants, turns and narrows a glyph, and a smooth
 * bend of the whole plane, which keeps strokes together where they meet.
 */
final class Hand {
  private static final double SLANT = 0.18;
  private static final double SLANT_DEVIATION = 0.2;
  private static final double TURN_DEVIATION = 0.1;
  private static final double[] BEND_DEVIATIONS = {.14, .2, .14, .3, .14, .2, .14, .3};

  /** The new x's shares of x and y, then the new y's. */
  private final double xx;

  private final double xy;
  private final double yx;
  private final double yy;

  /** The new x's shares of x², xy, y², y³, then the new y's of x², xy, y², x³. */
  private final double[] bends;

  /** Draws a hand from a stream. */
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

  /** A stroke of the unit square as this hand writes it, around (0, 0). */
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
