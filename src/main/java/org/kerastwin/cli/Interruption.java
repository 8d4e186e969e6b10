package org.kerastwin.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C while something runs that must be brought to a good end: the first one is a request, and
 * the process waits for {@link #close()} before it ends with the signal's own exit code.
 */
final class Interruption implements AutoCloseable {
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");
  private final PrintWriter err;
  private volatile boolean requested;

  /**
   * Waits for the signal from now on.
   *
   * @param err is told that the signal was heard
   */
  Interruption(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the user wants the program to end. */
  boolean isRequested() {
    return requested;
  }

  private void await() {
    requested = true;
    // The terminal's own ^C stands at the end of a line of progress.
    err.printf("%nInterrupted: saving after the step under way.%n");
    try {
      finished.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    if (!requested) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
