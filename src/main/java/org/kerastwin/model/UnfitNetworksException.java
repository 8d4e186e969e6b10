package org.kerastwin.model;

/** Two networks that are not a generator and a discriminator for each other. */
public final class UnfitNetworksException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String received;

  UnfitNetworksException(String expected, String received) {
    super("expected %s, received %s".formatted(expected, received));
    this.expected = expected;
    this.received = received;
  }

  /** The requirement, such as "a discriminator of images (None, 28, 28, 1)". */
  public String expected() {
    return expected;
  }

  /** What the networks have instead, such as "one of images (None, 32, 32, 3)". */
  public String received() {
    return received;
  }
}
