package org.kerastwin.layers;

/** A layer can't be made with that argument. */
public final class ArgumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String received;

  /**
   * Says what was needed and what came.
   *
   * @param expected such as "a positive number"
   * @param argument its name
   * @param value what was given
   */
  public ArgumentException(String expected, String argument, Object value) {
    super("expected %s, received %s=%s".formatted(expected, argument, value));
    this.expected = expected;
    this.received = argument + "=" + value;
  }

  /** What was needed. */
  public String expected() {
    return expected;
  }

  /** What came. */
  public String received() {
    return received;
  }

  static void requirePositive(String argument, int value) {
    if (value <= 0) {
      throw new ArgumentException("a positive integer", argument, value);
    }
  }
}
