package org.kerastwin.cli.progress;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The speed of training, and the time left. Measured from the end of the first step, which also
 * warms up TensorFlow, to the end of the latest, so files written at the end do not count.
 */
public final class Throughput {
  private static final int HOURS_OF_A_DAY = 24;

  /** The first steps of a process vary too much to estimate the time left. */
  private static final int STEPS_OF_A_GUESS = 5;

  private final LongSupplier nanoTime;
  private final int batchSize;
  private long begun;
  private long latest;
  private long steps;

  /**
   * Starts before the first step.
   *
   * @param nanoTime the clock
   */
  public Throughput(int batchSize, LongSupplier nanoTime) {
    this.batchSize = batchSize;
    this.nanoTime = nanoTime;
  }

  /** A step is done. */
  public void stepDone() {
    latest = nanoTime.getAsLong();
    if (steps++ == 0) {
      begun = latest;
    }
  }

  /** Images per second, such as {@code 812 images/s}; empty before the second step is done. */
  public String speed() {
    if (steps < 2) {
      return "";
    }
    double speed = (steps - 1) * batchSize / seconds();
    return String.format(Locale.ROOT, speed < 10 ? "%.1f images/s" : "%.0f images/s", speed);
  }

  /** The time for a number of further steps; empty while it is uncertain, or if none are left. */
  public String left(long more) {
    if (steps <= STEPS_OF_A_GUESS || more == 0) {
      return "";
    }
    Duration left = Duration.ofSeconds(Math.round(more * seconds() / (steps - 1)));
    String days = left.toDays() == 0 ? "" : left.toDays() + "d ";
    return String.format(
        Locale.ROOT,
        "%s%d:%02d:%02d left",
        days,
        left.toHours() % HOURS_OF_A_DAY,
        left.toMinutesPart(),
        left.toSecondsPart());
  }

  private double seconds() {
    return Math.max(1, latest - begun) / 1e9;
  }
}
