package org.kerastwin.cli.progress;

import java.util.OptionalLong;

/** Counts the steps of a run, done and left. */
final class StepCount {
  private final OptionalLong max;
  private int epoch;
  private int epochs;
  private int step;
  private int steps;

  /**
   * Starts before the first epoch.
   *
   * @param max the last step, if limited
   */
  StepCount(OptionalLong max) {
    this.max = max;
  }

  /** An epoch begins at step {@code nextStep} of its {@code ofSteps} steps. */
  void epochStarted(int newEpoch, int ofEpochs, int nextStep, int ofSteps) {
    epoch = newEpoch;
    epochs = ofEpochs;
    step = nextStep - 1;
    steps = ofSteps;
  }

  void stepDone() {
    step++;
  }

  int epoch() {
    return epoch;
  }

  int epochs() {
    return epochs;
  }

  /** Steps done in this epoch. */
  int step() {
    return step;
  }

  /** Steps of an epoch. */
  int steps() {
    return steps;
  }

  /** Steps until the run ends by itself. */
  long left() {
    long done = (long) (epoch - 1) * steps + step;
    long last = (long) epochs * steps;
    return Math.max(0, Math.min(last, max.orElse(last)) - done);
  }
}
