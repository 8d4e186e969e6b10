package org.kerastwin.run;

import java.nio.file.Path;
import org.kerastwin.training.Losses;

/** Receives the progress of a training, on the training's thread. */
public interface TrainingListener {
  /**
   * An epoch begins. After a resumption {@code stepInEpoch} may be greater than 1; it is one past
   * the last step if only the run's files are left to write again.
   */
  void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch);

  /** A step is done and in the history. */
  void stepDone(Losses losses);

  /**
   * An epoch has ended, or the run within it. {@code mean} has the mean losses of the epoch so far.
   */
  void epochEnded(int epoch, Losses mean, Path images);
}
