package org.kerastwin.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Speed and time left, by a clock that the test sets. */
class ThroughputTest {
  private static final int BATCH = 256;

  private long seconds;
  private final Throughput pace = new Throughput(BATCH, () -> TimeUnit.SECONDS.toNanos(seconds));

  private void stepAt(long second) {
    seconds = second;
    pace.stepDone();
  }

  @Test
  void firstStepGivesNoSpeed() {
    assertEquals("", pace.speed());
    stepAt(100);
    assertEquals("", pace.speed());
    assertEquals("", pace.left(5));
  }

  @Test
  void givesNoEstimateTooEarly() {
    for (int step = 0; step < 5; step++) {
      stepAt(step);
      assertEquals("", pace.left(1000), "after step " + step);
    }
    stepAt(5);
    assertEquals("0:16:40 left", pace.left(1000));
    assertEquals("", pace.left(0));
  }

  @Test
  void ignoresTimeAfterTheLastStep() {
    for (int step = 0; step < 6; step++) {
      stepAt(step);
    }
    seconds = 1000;
    assertEquals("0:00:10 left", pace.left(10));
    assertEquals("256 images/s", pace.speed());
  }

  @Test
  void clockStartsAfterTheFirstStep() {
    stepAt(100);
    stepAt(102);
    assertEquals("128 images/s", pace.speed());
    stepAt(104);
    stepAt(106);
    stepAt(108);
    stepAt(110);
    assertEquals("128 images/s", pace.speed());
    assertEquals("0:00:20 left", pace.left(10));
    stepAt(130);
    assertEquals("51 images/s", pace.speed());
    assertEquals("1:23:20 left", pace.left(1000));
    assertEquals("5d 18:53:20 left", pace.left(100_000));
  }

  @Test
  void slowSpeedsHaveADecimal() {
    stepAt(0);
    stepAt(100);
    assertEquals("2.6 images/s", pace.speed());
  }
}
