package org.kerastwin;

/** A {@link Problem} that ends what the user asked for. */
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
