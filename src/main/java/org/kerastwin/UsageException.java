package org.kerastwin;

/** An argument is invalid. The program exits with code 2. */
public final class UsageException extends RuntimeException {
  private final transient Problem problem;

  /** Reports a problem. */
  public UsageException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** The problem, for callers that add advice. */
  public Problem problem() {
    return problem;
  }
}
