package org.kerastwin.cli;

import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.run.DivergedException;
import org.kerastwin.runtime.PlatformProblem;

/** The exit codes of the process. */
final class ExitCode {
  static final int DONE = 0;

  /** A difference that {@code verify} found, or a run that diverged. */
  static final int DIFFERENT = 1;

  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;

  /** A fault of the program itself: {@code EX_SOFTWARE} of {@code sysexits.h}. */
  static final int INTERNAL = 70;

  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Throwable failure) {
    if (failure instanceof UsageException) {
      return USAGE;
    }
    if (failure instanceof DivergedException) {
      return DIFFERENT;
    }
    return failure instanceof EnvironmentException || PlatformProblem.of(failure).isPresent()
        ? ENVIRONMENT
        : INTERNAL;
  }
}
