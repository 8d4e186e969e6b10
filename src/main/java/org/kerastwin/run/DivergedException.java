package org.kerastwin.run;

import org.kerastwin.training.Losses;

/** A loss is no longer a finite number. The program's exit code for it is 1. */
public final class DivergedException extends RuntimeException {
  /** Names the step and the losses. */
  public DivergedException(long step, Losses losses) {
    super(
        "training at step '%d': expected finite losses, received %s. A smaller --learning-rate may help."
            .formatted(step, losses));
  }
}
