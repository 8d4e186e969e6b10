package org.kerastwin.testing;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;

/**
 * Gives a reader many damaged files. Each must be read or rejected with the project's own
 * exceptions, within ten seconds of processor time (so that a busy machine does not matter) and
 * within {@link #mostBytes}. Both limits hold for the calling thread; readers must bound their
 * other threads themselves, or the test ends after five minutes of elapsed time.
 */
public final class Fuzzing {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long LONGEST_NANOS = 10_000_000_000L;

  /** Elapsed time that no bounded reader needs, even on a busy machine. */
  private static final long LONGEST_WAIT_NANOS = 300_000_000_000L;

  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000);

  /** The folder for inputs that failed. */
  private static final Path FAILURES = Path.of("target", "fuzz");

  private final String name;
  private final Path file;
  private long refused;
  private long most;
  private long longest;

  /** Reads a file. */
  @FunctionalInterface
  public interface Reader {
    /** Reads or rejects a file. */
    void read(Path file);
  }

  /**
   * Prepares the inputs.
   *
   * @param name the kind of file
   * @param file the file name of each input; its ending may determine the format
   */
  public Fuzzing(String name, Path file) {
    this.name = name;
    this.file = file;
  }

  /** The number of inputs for our own readers. */
  public static int inputs() {
    return INPUTS;
  }

  /** The number of inputs for readers that use a library. */
  public static int libraryInputs() {
    return Math.max(1, INPUTS / 10);
  }

  /**
   * The most that reading a file may allocate, in bytes: 64 MiB, and three times what the densest
   * of deflated data of that size holds (a thousandfold), since data is inflated, converted and
   * copied.
   */
  public static long mostBytes(long fileBytes) {
    return (64L << 20) + 3 * 1032 * fileBytes;
  }

  /**
   * Runs all inputs.
   *
   * @param input gives the input with a number
   */
  public void run(int inputs, LongFunction<byte[]> input, Reader reader) throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                for (long number = 0; number < inputs; number++) {
                  once(number, input.apply(number), reader);
                }
              } catch (Throwable thrown) {
                failure.set(thrown);
              }
            },
            "fuzz " + name);
    worker.setDaemon(true);
    begunByTheClock = System.nanoTime();
    worker.start();
    await(worker);
    if (failure.get() != null) {
      fail(failure.get().getMessage(), failure.get());
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz %s: %d inputs, %d read, %d refused; at most %.1f MiB and %.0f ms each%n",
        name,
        inputs,
        inputs - refused,
        refused,
        most / 1048576.0,
        longest / 1e6);
  }

  private volatile long begun;
  private volatile long begunByTheClock;

  /** The thread of an endless input is abandoned. */
  private void await(Thread worker) throws InterruptedException {
    while (worker.isAlive()) {
      worker.join(1000);
      long now = THREADS.getThreadCpuTime(worker.getId());
      if (now > 0 && now - begun > LONGEST_NANOS) {
        fail("%s: an input takes more than ten seconds: '%s'".formatted(name, file));
      }
      if (worker.isAlive() && System.nanoTime() - begunByTheClock > LONGEST_WAIT_NANOS) {
        fail("%s: an input is waited for for more than five minutes: '%s'".formatted(name, file));
      }
    }
  }

  private void once(long number, byte[] bytes, Reader reader) throws IOException {
    Files.write(file, bytes);
    begunByTheClock = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    begun = THREADS.getCurrentThreadCpuTime();
    try {
      reader.read(file);
    } catch (EnvironmentException | UsageException expected) {
      refused++;
    } catch (Throwable other) {
      throw new AssertionError(kept(number, bytes) + ": " + other, other);
    }
    long took = THREADS.getCurrentThreadCpuTime() - begun;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    begun = THREADS.getCurrentThreadCpuTime();
    longest = Math.max(longest, took);
    most = Math.max(most, allocated);
    if (allocated > mostBytes(bytes.length) || took > LONGEST_NANOS) {
      throw new AssertionError(
          "%s: %d bytes allocated for %d, %d ns"
              .formatted(kept(number, bytes), allocated, bytes.length, took));
    }
  }

  private String kept(long number, byte[] bytes) throws IOException {
    Files.createDirectories(FAILURES);
    Path kept = FAILURES.resolve("%s-%d-%s".formatted(name, number, file.getFileName()));
    Files.write(kept, bytes);
    return "input %d of %s, kept as '%s'".formatted(number, name, kept);
  }
}
