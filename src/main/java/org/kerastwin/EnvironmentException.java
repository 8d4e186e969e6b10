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

  /**
   * Creates the exception in the project's one form of message.
   *
   * @param what the kind of thing, such as "data set"
   * @param where which one: a path or a name
   * @param expected what was needed
   * @param received what was there
   * @param remedy what the user can do, a full sentence; may be empty
   */
  public EnvironmentException(
      String what, Object where, String expected, String received, String remedy) {
    this(Problem.with(what, where).expected(expected).received(received).advice(remedy));
  }

  /** The same without a remedy, for a finding that speaks for itself. */
  public EnvironmentException(String what, Object where, String expected, String received) {
    this(what, where, expected, received, "");
  }

  /** Keeps the exception that led to this one, for {@code --debug}. */
  public EnvironmentException causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }
}
