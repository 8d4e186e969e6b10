package org.kerastwin.runtime;

import java.util.Optional;

/**
 * What {@code doctor} finds about one thing.
 *
 * @param subject the thing
 * @param result what was found
 * @param remedy what to do about it; empty if nothing is missing
 */
public record Finding(String subject, String result, Optional<String> remedy) {
  /** A finding that needs no remedy. */
  public Finding(String subject, String result) {
    this(subject, result, Optional.empty());
  }

  /** A finding with a remedy. */
  public Finding(String subject, String result, String remedy) {
    this(subject, result, Optional.of(remedy));
  }
}
