package org.kerastwin.run.folder;

/**
 * A position in a run, between two steps.
 *
 * @param step number of steps done
 * @param stepsPerEpoch steps in an epoch
 * @param epochs epochs of the whole run
 */
public record Position(long step, int stepsPerEpoch, int epochs) {
  /** The epoch of the last step done, from 1. */
  public int epoch() {
    return Math.toIntExact((step - 1) / stepsPerEpoch + 1);
  }

  /** The number of the last step done within its epoch, from 1. */
  public int stepInEpoch() {
    return Math.toIntExact((step - 1) % stepsPerEpoch + 1);
  }

  /** Whether the next step is the first of an epoch. */
  public boolean isBetweenEpochs() {
    return step % stepsPerEpoch == 0;
  }

  /** Whether all steps are done. */
  public boolean isLast() {
    return step >= Math.multiplyExact((long) epochs, stepsPerEpoch);
  }

  /** The position after the next step. */
  public Position next() {
    return new Position(step + 1, stepsPerEpoch, epochs);
  }
}
