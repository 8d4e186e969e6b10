package org.kerastwin.run;

import java.nio.file.Path;
import org.kerastwin.training.Losses;

/** Is told of a training's progress, on the training's thread. */
public interface TrainingListener {
  /**
   * An epoch begins at a step, which need not be its first after a resumption; it is one past the
   * epoch's last where nothing is left to do but to write the run's files again.
   */
  void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch);

  /** A step is done and in the history. */
  void stepDone(Losses losses);

  /** An epoch has ended, or the run within it; with the means of its losses so far. */
  void epochEnded(int epoch, Losses mean, Path images);
}
