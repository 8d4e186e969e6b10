package org.kerastwin.cli.progress;

import java.util.OptionalLong;

/**
 * The steps of a run, done and left.
 *
 * @param epoch the current epoch, from 1
 * @param epochs number of epochs
 * @param step steps done in this epoch
 * @param steps steps of an epoch
 * @param max the last step of the run, if limited
 */
record StepCount(int epoch, int epochs, int step, int steps, OptionalLong max) {
  /** Before the first epoch. */
  static StepCount ofStart(OptionalLong max) {
    return new StepCount(0, 0, 0, 0, max);
  }

  /** After another step. */
  StepCount next() {
    return new StepCount(epoch, epochs, step + 1, steps, max);
  }

  /** Steps until the run ends by itself. */
  long left() {
    long done = (long) (epoch - 1) * steps + step;
    long last = (long) epochs * steps;
    return Math.max(0, Math.min(last, max.orElse(last)) - done);
  }
}
