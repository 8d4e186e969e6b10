package org.kerastwin.run;

import org.kerastwin.Problem;
import org.kerastwin.ProblemException;
import org.kerastwin.Remedy;

/** Losses or weights are no longer finite. The program exits with code 1. */
public final class DivergedException extends ProblemException {
  DivergedException(long step, String expected, Object received) {
    super(
        Problem.with("training at step", step)
            .expected(expected)
            .received(received)
            .remedy(Remedy.LOWER_THE_LEARNING_RATE));
  }
}
