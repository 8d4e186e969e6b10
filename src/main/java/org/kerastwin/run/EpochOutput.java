package org.kerastwin.run;

import org.kerastwin.Problem;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.StepSeries;

/**
 * Writes files of a run at the end of each epoch, after the checkpoint.
 *
 * <p>A run may be killed before or during this call, so a run that resumes from the end of an epoch
 * repeats it. The call must therefore write the same bytes for the same epoch, and replace its
 * files atomically.
 */
@FunctionalInterface
public interface EpochOutput {
  /** Writes or replaces the files. */
  void write(EpochEnd end);

  /**
   * Called when losses or weights are no longer finite. The run ends after this.
   *
   * @param at the point after the step
   * @param series the losses and discriminator outputs of all steps so far
   * @param problem the problem with the values
   */
  default void diverged(Position at, StepSeries series, Problem problem) {}
}
