package org.kerastwin.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C while something runs that must be brought to a good end: the first one is a request, and
 * the process waits for {@link #end} before it ends.
 */
final class Interruption {
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");
  private final Runnable told;
  private volatile boolean requested;
  private volatile int exitCode;

  /**
   * Waits for the signal from now on.
   *
   * @param told is run on another thread when the signal is heard
   */
  Interruption(Runnable told) {
    this.told = told;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the user wants the program to end. */
  boolean isRequested() {
    return requested;
  }

  private void await() {
    requested = true;
    told.run();
    try {
      finished.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    if (exitCode != ExitCode.INTERRUPTED) {
      // What was to be saved was not: the signal's own code would say that it was.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  /** Everything is done and said, and the program may end with that code. */
  void end(int code) {
    exitCode = code;
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is running, and ends the process.
    }
  }
}
