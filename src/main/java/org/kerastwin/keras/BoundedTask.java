package org.kerastwin.keras;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.kerastwin.io.FileLimits;

/**
 * Runs the HDF5 library on an untrusted file, in a watched thread with limits for processor time
 * and memory. A few kilobytes of objects that share their children can make the library follow an
 * endless number of paths.
 *
 * <p>Java can't stop a thread. When one exceeds its limits, the caller stops waiting and the buffer
 * is zeroed, so that the parser stops where it expects the next signature.
 */
final class BoundedTask {
  /** Processor time for a file of any length. */
  private static final long LONGEST_NANOS = 5_000_000_000L;

  /** Additional processor time per byte: ten times what the largest file needs. */
  private static final long NANOS_A_BYTE = 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long LOOK_MILLIS = 50;

  private final byte[] file;
  private final long begun = System.nanoTime();
  private volatile Thread worker;

  private BoundedTask(byte[] file) {
    this.file = file;
  }

  /** Thrown when reading a file exceeds the limits. */
  static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;

    Endless() {
      super("cyclic or endlessly expanding data");
    }
  }

  /** Thrown when the waiting thread is interrupted. */
  static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Interrupted(InterruptedException cause) {
      super("an interruption", cause);
    }
  }

  /**
   * Runs a task on the content of a file.
   *
   * @param file zeroed if this throws {@link Endless} or {@link Interrupted}
   */
  static <T> T on(byte[] file, Supplier<T> work) {
    return new BoundedTask(file).result(work);
  }

  private <T> T result(Supplier<T> work) {
    // A pool of one thread keeps the library's parallel streams in the watched thread.
    ForkJoinPool pool = new ForkJoinPool(1);
    CompletableFuture<T> result = new CompletableFuture<>();
    pool.execute(() -> run(work, result));
    pool.shutdown();
    while (true) {
      try {
        return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException goesOn) {
        if (isTooMuch()) {
          Arrays.fill(file, (byte) 0);
          throw new Endless();
        }
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failed.getCause();
      } catch (InterruptedException stopped) {
        Arrays.fill(file, (byte) 0);
        Thread.currentThread().interrupt();
        throw new Interrupted(stopped);
      }
    }
  }

  private <T> void run(Supplier<T> work, CompletableFuture<T> result) {
    worker = Thread.currentThread();
    try {
      result.complete(work.get());
    } catch (Throwable failure) {
      // For damaged files the library also throws errors.
      result.completeExceptionally(failure);
    }
  }

  private boolean isTooMuch() {
    long mostNanos = LONGEST_NANOS + NANOS_A_BYTE * file.length;
    // Enough to inflate, convert and copy data at the greatest compression.
    long mostBytes = (64L << 20) + 3 * FileLimits.DEFLATE_RATIO * file.length;
    return worker != null
        && (nanos(worker.getId()) > mostNanos || allocatedBytes(worker.getId()) > mostBytes);
  }

  /** Processor time, or elapsed time if the platform does not measure it. */
  private long nanos(long thread) {
    return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
        ? THREADS.getThreadCpuTime(thread)
        : System.nanoTime() - begun;
  }

  /** Only HotSpot counts these; with other JVMs only the time is bounded. */
  private static long allocatedBytes(long thread) {
    return THREADS instanceof com.sun.management.ThreadMXBean counting
        ? counting.getThreadAllocatedBytes(thread)
        : 0;
  }
}
