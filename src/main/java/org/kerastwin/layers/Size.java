package org.kerastwin.layers;

/**
 * Height and width in pixels.
 *
 * @param height number of rows
 * @param width number of columns
 */
public record Size(int height, int width) {
  /** One pixel. */
  public static final Size ONE = square(1);

  /** A square. */
  public static Size square(int side) {
    return new Size(side, side);
  }

  /** Whether this is a square of that side. */
  public boolean isSquare(int side) {
    return height == side && width == side;
  }

  Size requirePositive(String argument) {
    ArgumentException.requirePositive(argument, Math.min(height, width));
    return this;
  }

  @Override
  public String toString() {
    return "(%d, %d)".formatted(height, width);
  }
}
