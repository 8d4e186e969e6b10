package org.kerastwin.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a task end properly on Ctrl-C: the first Ctrl-C is a request, and the process waits for
 * {@link #end} before it exits.
 */
final class Interruption {
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");
  private final Runnable onRequest;
  private volatile boolean requested;
  private volatile int exitCode;

  /**
   * Starts waiting for the signal.
   *
   * @param onRequest runs on another thread when the signal arrives
   */
  Interruption(Runnable onRequest) {
    this.onRequest = onRequest;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the user wants the program to end. */
  boolean isRequested() {
    return requested;
  }

  private void await() {
    requested = true;
    onRequest.run();
    try {
      finished.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    if (exitCode != ExitCode.INTERRUPTED) {
      // Saving failed, so the exit code must not be that of the signal, which means success.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  /** Ends the program with that code, after everything is done. */
  void end(int code) {
    exitCode = code;
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is already running and ends the process.
    }
  }
}
