package org.kerastwin.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.kerastwin.training.Losses;

/** Progress as plain lines: the first step, one every ten seconds, and one per epoch. */
public final class ProgressLines implements ConsoleProgress {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final Throughput pace;
  private StepCount count;
  private final long interval;
  private long nextLine = System.nanoTime();

  private ProgressLines(
      PrintWriter err, Throughput pace, OptionalLong maxSteps, Duration interval) {
    this.err = err;
    this.pace = pace;
    this.count = StepCount.ofStart(maxSteps);
    this.interval = interval.toNanos();
  }

  /** A line every ten seconds. */
  public ProgressLines(PrintWriter err, Throughput pace, OptionalLong maxSteps) {
    this(err, pace, maxSteps, INTERVAL);
  }

  /** A line for every step. */
  public static ProgressLines ofEveryStep(PrintWriter err, Throughput pace, OptionalLong maxSteps) {
    return new ProgressLines(err, pace, maxSteps, Duration.ZERO);
  }

  @Override
  public void epochStarted(int epoch, int epochs, int nextStep, int steps) {
    count = new StepCount(epoch, epochs, nextStep - 1, steps, count.max());
  }

  @Override
  public void stepDone(Losses losses) {
    count = count.next();
    pace.stepDone();
    if (System.nanoTime() - nextLine >= 0) {
      nextLine = System.nanoTime() + interval;
      line(ConsoleProgress.words(losses), "");
    }
  }

  @Override
  public void epochEnded(int epoch, Losses mean, Path images) {
    line("mean " + ConsoleProgress.words(mean), images.toString());
  }

  @Override
  public void line(String text) {
    err.println(text);
  }

  private void line(String losses, String images) {
    StringBuilder line = new StringBuilder();
    line.append("epoch %d/%d  ".formatted(count.epoch(), count.epochs()));
    line.append("step %d/%d  %s".formatted(count.step(), count.steps(), losses));
    for (String part : new String[] {pace.speed(), pace.left(count.left()), images}) {
      line.append(part.isEmpty() ? "" : "  " + part);
    }
    err.println(line);
  }

  @Override
  public void close() {
    err.flush();
  }
}
