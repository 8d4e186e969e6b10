package org.kerastwin.cli;

import org.kerastwin.UsageException;
import org.kerastwin.run.DivergedException;

/** What the process tells its caller. */
final class ExitCode {
  static final int DONE = 0;
  static final int DIFFERENT = 1;
  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Throwable failure) {
    if (failure instanceof UsageException) {
      return USAGE;
    }
    return failure instanceof DivergedException ? DIFFERENT : ENVIRONMENT;
  }
}
