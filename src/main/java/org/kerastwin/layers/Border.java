package org.kerastwin.layers;

/**
 * A number of rows and columns at each side of an image.
 *
 * @param top rows above, at least 0
 * @param bottom rows below, at least 0
 * @param left columns on the left, at least 0
 * @param right columns on the right, at least 0
 */
public record Border(int top, int bottom, int left, int right) {
  /** Checks the numbers. */
  public Border {
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
      throw new ArgumentException(
          "no negative sizes",
          "border",
          "((%d, %d), (%d, %d))".formatted(top, bottom, left, right));
    }
  }

  int rows() {
    return top + bottom;
  }

  int columns() {
    return left + right;
  }
}
