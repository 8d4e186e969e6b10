package org.kerastwin.layers;

/** An invalid argument of a layer. */
public final class ArgumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String received;

  /**
   * Describes the requirement and the argument.
   *
   * @param expected such as "a positive number"
   * @param argument its name
   * @param value the received value
   */
  public ArgumentException(String expected, String argument, Object value) {
    super("expected %s, received %s=%s".formatted(expected, argument, value));
    this.expected = expected;
    this.received = argument + "=" + value;
  }

  /** The requirement. */
  public String expected() {
    return expected;
  }

  /** The argument and its value. */
  public String received() {
    return received;
  }

  static void requirePositive(String argument, int value) {
    if (value <= 0) {
      throw new ArgumentException("a positive integer", argument, value);
    }
  }
}
