package org.kerastwin.report;

/**
 * The measurements of every step of a run: arrays with one entry per step, in order.
 *
 * @param stepsPerEpoch steps in an epoch
 * @param lossReal the discriminator's loss on real images
 * @param lossFake the discriminator's loss on generated images
 * @param lossGenerator the generator's loss
 * @param outputReal the discriminator's mean output on real images, in [0, 1]; NaN if it was not
 *     recorded
 * @param outputFake the same on generated images
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepValues(
    int stepsPerEpoch,
    float[] lossReal,
    float[] lossFake,
    float[] lossGenerator,
    float[] outputReal,
    float[] outputFake) {
  /** The number of steps. */
  public int steps() {
    return lossReal.length;
  }

  /** The epoch of the last step; 0 before the first. */
  int lastEpoch() {
    return (steps() + stepsPerEpoch - 1) / stepsPerEpoch;
  }

  /** Whether the discriminator's outputs were recorded. */
  boolean hasOutputs() {
    for (float output : outputReal) {
      if (!Float.isNaN(output)) {
        return true;
      }
    }
    return false;
  }

  /** The mean of the finite values of an epoch, from 1; NaN if there are none. */
  double mean(float[] values, int epoch) {
    return FiniteMean.of(values, (epoch - 1) * stepsPerEpoch, epoch * stepsPerEpoch);
  }
}
