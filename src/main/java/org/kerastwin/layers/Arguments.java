package org.kerastwin.layers;

/** Checks of the arguments that layers are made with. */
final class Arguments {
  private Arguments() {}

  static void requirePositive(String argument, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "expected a positive integer, received %s=%d".formatted(argument, value));
    }
  }
}
