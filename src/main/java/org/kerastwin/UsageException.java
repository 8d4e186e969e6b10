package org.kerastwin;

/** An argument is invalid. The program exits with code 2. */
public final class UsageException extends ProblemException {
  /** Reports a problem. */
  public UsageException(Problem problem) {
    super(problem);
  }
}
