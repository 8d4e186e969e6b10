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
 * What the HDF5 library does with a file that is not trusted, in a thread that is watched. A few
 * kilobytes of nodes that share their children are more paths than anybody can follow, and the
 * library follows them; so the processor time and the memory that a file may cost are bounded.
 *
 * <p>Java can't end a thread. One that went too far is no longer waited for, and its file becomes
 * zeros under its hands, so that it ends by itself where it looks for the next signature.
 */
final class BoundedTask {
  /** Of processor time, whatever the file's length. */
  private static final long LONGEST_NANOS = 5_000_000_000L;

  /** And for each of its bytes: a second or two for the largest file, tenfold for slow machines. */
  private static final long NANOS_A_BYTE = 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long LOOK_MILLIS = 50;

  private final byte[] file;
  private final long begun = System.nanoTime();
  private volatile Thread worker;

  private BoundedTask(byte[] file) {
    this.file = file;
  }

  /** What is thrown when a file has cost more than it may. */
  static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;

    Endless() {
      super("data that lead in circles, or swell without end");
    }
  }

  /** What is thrown when whoever waits for the work is interrupted; the file is not to blame. */
  static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Interrupted(InterruptedException cause) {
      super("an interruption", cause);
    }
  }

  /**
   * The result of some work on a file.
   *
   * @param file its content; of no use any more if this throws {@link Endless} or {@link
   *     Interrupted}
   */
  static <T> T on(byte[] file, Supplier<T> work) {
    return new BoundedTask(file).result(work);
  }

  private <T> T result(Supplier<T> work) {
    // A pool of one: what the library does in parallel stays in the thread that is watched.
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
      // Damage surfaces from the library as errors too.
      result.completeExceptionally(failure);
    }
  }

  private boolean isTooMuch() {
    long mostNanos = LONGEST_NANOS + NANOS_A_BYTE * file.length;
    // The most that inflating, converting and copying the densest of deflated data takes.
    long mostBytes = (64L << 20) + 3 * FileLimits.DEFLATE_RATIO * file.length;
    return worker != null
        && (nanos(worker.getId()) > mostNanos || allocatedBytes(worker.getId()) > mostBytes);
  }

  /** The processor's, or by the clock where the platform does not count the processor's. */
  private long nanos(long thread) {
    return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
        ? THREADS.getThreadCpuTime(thread)
        : System.nanoTime() - begun;
  }

  /** HotSpot and its kin count them; with another Java the time alone is bounded. */
  private static long allocatedBytes(long thread) {
    return THREADS instanceof com.sun.management.ThreadMXBean counting
        ? counting.getThreadAllocatedBytes(thread)
        : 0;
  }
}
