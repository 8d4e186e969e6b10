package org.kerastwin;

/** Reports a {@link Problem} that ends the command or the call of the API. */
public abstract class ProblemException extends RuntimeException {
  private final transient Problem problem;

  /** Reports a problem. */
  protected ProblemException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** The problem, for callers that add advice. */
  public final Problem problem() {
    return problem;
  }
}
