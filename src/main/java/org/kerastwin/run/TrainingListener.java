package org.kerastwin.run;

import java.nio.file.Path;
import org.kerastwin.training.Losses;

/** Receives the progress of a run, on the thread that trains. */
public interface TrainingListener {
  /**
   * An epoch begins. After a resumption {@code stepInEpoch} may be greater than 1; it is one past
   * the last step if all steps are done and only files are written again.
   */
  default void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch) {}

  /** A step is done and in the history. */
  default void stepDone(Losses losses) {}

  /**
   * An epoch has ended, or the run has stopped within it. {@code mean} has the mean losses of its
   * steps so far.
   */
  default void epochEnded(int epoch, Losses mean, Path images) {}
}
