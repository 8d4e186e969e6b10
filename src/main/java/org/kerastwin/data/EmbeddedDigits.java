package org.kerastwin.data;

import java.util.Optional;
import org.kerastwin.data.digits.StrokeDigits;

/** The data set that comes with the program: fixed drawn digits, as many as in MNIST. */
final class EmbeddedDigits {
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;
  private static final long SEED = 1998;

  private EmbeddedDigits() {}

  static Dataset draw() {
    return Dataset.ofArrays(
        "digits",
        split(StrokeDigits.draw(0, TRAIN, SEED)),
        Optional.of(split(StrokeDigits.draw(TRAIN, TEST, SEED))),
        "embedded");
  }

  private static Split split(StrokeDigits digits) {
    return new Split(digits.images(), Optional.of(digits.labels()));
  }
}
