package org.kerastwin;

/**
 * A problem with a file or the environment: missing, damaged, of another kind or shape, not
 * writable, without CUDA. The program exits with code 3.
 */
public final class EnvironmentException extends RuntimeException {
  private final transient Problem problem;

  /** Reports a problem. */
  public EnvironmentException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** The problem, for callers that add advice. */
  public Problem problem() {
    return problem;
  }

  /** Keeps the exception that led to this one, for {@code --debug}. */
  public EnvironmentException causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }
}
