package org.kerastwin;

/**
 * A file or the environment is not as needed: missing, damaged, of another kind or shape, not
 * writable, without CUDA. The program exits with code 3.
 */
public final class EnvironmentException extends RuntimeException {
  private final transient Problem problem;

  /** Reports a problem. */
  public EnvironmentException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** The problem, for those who know more remedies. */
  public Problem problem() {
    return problem;
  }

  /** Keeps the exception that led to this one, for {@code --debug}. */
  public EnvironmentException causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }
}
