package org.kerastwin.run;

/**
 * Writes one kind of file of a run at each epoch's end, after the checkpoint.
 *
 * <p>A run that was killed may have lost this call, or ended within it. It is therefore made again
 * when the run resumes from the checkpoint of an epoch's end: for the same end it must write the
 * same bytes, and it must replace its files atomically.
 */
@FunctionalInterface
public interface EpochOutput {
  /** Writes or replaces the files. */
  void write(EpochEnd end);

  /**
   * Is told that the losses are no longer finite. The run ends after this.
   *
   * @param at the point after the step
   * @param series the losses and discriminator outputs of all steps so far
   */
  default void diverged(Position at, StepSeries series) {}
}
