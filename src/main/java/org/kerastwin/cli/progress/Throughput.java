package org.kerastwin.cli.progress;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How fast a training goes and how long it will take. The clock starts when the first step is done:
 * that step also warms up TensorFlow and takes many times as long as those after it.
 */
public final class Throughput {
  private static final int HOURS_OF_A_DAY = 24;

  private final LongSupplier nanoTime;
  private final int batchSize;
  private long begun;
  private long steps;

  /**
   * Begins with no step done.
   *
   * @param nanoTime the clock
   */
  public Throughput(int batchSize, LongSupplier nanoTime) {
    this.batchSize = batchSize;
    this.nanoTime = nanoTime;
  }

  /** A step is done. */
  public void stepDone() {
    if (steps++ == 0) {
      begun = nanoTime.getAsLong();
    }
  }

  /** Images a second, such as {@code 812 images/s}; empty before the second step is done. */
  public String speed() {
    if (steps < 2) {
      return "";
    }
    double speed = (steps - 1) * batchSize / seconds();
    return String.format(Locale.ROOT, speed < 10 ? "%.1f images/s" : "%.0f images/s", speed);
  }

  /** The time that so many steps more take; empty before the second step is done. */
  public String left(long more) {
    if (steps < 2) {
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
    return Math.max(1, nanoTime.getAsLong() - begun) / 1e9;
  }
}
