package org.kerastwin;

/**
 * A problem with a file or the environment: missing, damaged, of another kind or shape, not
 * writable, without CUDA. The program exits with code 3.
 */
public final class EnvironmentException extends ProblemException {
  /** Reports a problem. */
  public EnvironmentException(Problem problem) {
    super(problem);
  }

  /** Keeps the exception that led to this one, for {@code --debug}. */
  public EnvironmentException causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }
}
