package org.kerastwin;

/** An argument is invalid. The program exits with code 2. */
public final class UsageException extends RuntimeException {
  private final transient Problem problem;

  /** Reports a problem. */
  public UsageException(Problem problem) {
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
   * @param what the kind of thing, such as "option"
   * @param where which one
   * @param expected what would be valid
   * @param received what was given
   * @param remedy what the user can do, a full sentence; may be empty
   */
  public UsageException(
      String what, Object where, String expected, String received, String remedy) {
    this(Problem.with(what, where).expected(expected).received(received).advice(remedy));
  }

  /** The same without a remedy. */
  public UsageException(String what, Object where, String expected, String received) {
    this(what, where, expected, received, "");
  }
}
