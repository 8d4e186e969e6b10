package org.kerastwin.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.training.Losses;

/** Tests the screen during and after training. */
class ProgressBarsTest {
  private static final Losses LOSSES = new Losses(0.5f, 12345.6f, 0.25f);
  private static final Path IMAGES = Path.of("runs/upsampling/images/epoch-001.png");
  private static final int STEPS = 235;

  private final StringWriter written = new StringWriter();

  private ProgressBars bars(int columns) {
    Throughput pace = new Throughput(256, System::nanoTime);
    return new ProgressBars(new PrintWriter(written), pace, OptionalLong.empty(), () -> columns);
  }

  private List<String> screen() {
    return new Screen().write(written.toString()).lines();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 120, 80, 60, 40, 10, 1})
  void barsFitTwoLinesOfTheTerminal(int columns) {
    ProgressBars bars = bars(columns);
    bars.epochStarted(1, 50, 1, STEPS);
    for (int step = 1; step <= STEPS; step++) {
      bars.stepDone(LOSSES);
      assertEquals(2, screen().size());
      screen().forEach(line -> assertTrue(line.length() <= columns, line));
    }
  }

  @Test
  void barsShowProgressAndLosses() {
    ProgressBars bars = bars(80);
    bars.epochStarted(1, 50, 1, STEPS);
    for (int step = 1; step <= STEPS; step++) {
      bars.stepDone(LOSSES);
    }
    String epochs = screen().get(0);
    String steps = screen().get(1);
    assertTrue(
        epochs.matches("epoch +1/50 +\\[ +\\] +2%  \\d+ images/s  \\d+:\\d\\d:\\d\\d left"),
        epochs);
    assertTrue(
        steps.matches("step +235/235 +\\[=+\\] 100%  d_real 0.500  d_fake 1.2e\\+04  g 0.250"),
        steps);
    assertEquals(epochs.indexOf(']'), steps.indexOf(']'));
  }

  @Test
  void onlyEpochLinesRemain() {
    ProgressBars bars = bars(80);
    bars.epochStarted(1, 50, STEPS, STEPS);
    bars.stepDone(LOSSES);
    bars.epochEnded(1, LOSSES, IMAGES);
    bars.epochStarted(2, 50, 1, STEPS);
    bars.stepDone(LOSSES);
    bars.interrupted();
    bars.epochEnded(2, LOSSES, IMAGES);
    bars.close();
    bars.close();
    assertEquals(
        List.of(
            "epoch 1/50  d_real 0.500  d_fake 1.2e+04  g 0.250  images/epoch-001.png",
            "Interrupted: saving after the current step.",
            "epoch 2/50 to step 1/235  d_real 0.500  d_fake 1.2e+04  g 0.250  images/epoch-001.png",
            ""),
        screen());
  }

  /** The terminal wraps what it shows: 77 characters in 40 columns take two lines. */
  @Test
  void erasesWrappedBarsAfterNarrowing() {
    AtomicInteger columns = new AtomicInteger(80);
    Throughput pace = new Throughput(256, System::nanoTime);
    ProgressBars bars =
        new ProgressBars(new PrintWriter(written), pace, OptionalLong.empty(), columns::get);
    bars.epochStarted(1, 50, 1, STEPS);
    columns.set(40);
    written.getBuffer().setLength(0);
    bars.interrupted();
    assertTrue(written.toString().startsWith("\r\033[3A\033[J"), written.toString());
  }

  @Test
  void respectsMaxSteps() {
    OptionalLong max = OptionalLong.of(300);
    assertEquals(299, new StepCount(1, 50, 0, STEPS, max).next().left());
    StepCount second = new StepCount(2, 50, 64, STEPS, max);
    assertEquals(1, second.left());
    assertEquals(0, second.next().left());
    assertEquals(0, second.next().next().left());
  }

  @Test
  void failedStartsShowNothing() {
    bars(80).close();
    assertEquals("", written.toString());
  }
}
