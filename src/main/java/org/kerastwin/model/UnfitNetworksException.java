package org.kerastwin.model;

import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/** Two networks that are not a generator and a discriminator for each other. */
public final class UnfitNetworksException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String received;

  /**
   * Reports a misfit.
   *
   * @param expected the requirement, such as "a discriminator of images (None, 28, 28, 1)"
   * @param received what the networks have instead, such as "one of (None, 32, 32, 3)"
   */
  UnfitNetworksException(String expected, String received) {
    super("expected %s, received %s".formatted(expected, received));
    this.expected = expected;
    this.received = received;
  }

  /**
   * The same as a problem of the files that hold the networks.
   *
   * @param what the kind of file, such as "architecture"
   * @param where its path
   */
  public EnvironmentException in(String what, Object where) {
    return new EnvironmentException(Problem.with(what, where).expected(expected).received(received))
        .causedBy(this);
  }
}
