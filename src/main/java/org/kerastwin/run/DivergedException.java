package org.kerastwin.run;

import org.kerastwin.Problem;
import org.kerastwin.Remedy;

/** Losses or weights are no longer finite. The program exits with code 1. */
public final class DivergedException extends RuntimeException {
  private final transient Problem problem;

  DivergedException(long step, String expected, Object received) {
    this(
        Problem.with("training at step", step)
            .expected(expected)
            .received(received)
            .remedy(Remedy.LOWER_THE_LEARNING_RATE));
  }

  private DivergedException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** The problem, for callers that add advice. */
  public Problem problem() {
    return problem;
  }
}
