package org.kerastwin.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.kerastwin.training.Losses;

/** Progress as plain lines: the first step, one every ten seconds, and one an epoch. */
public final class ProgressLines implements ConsoleProgress {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter err;
  private final Throughput pace;
  private long nextLine = System.nanoTime();
  private int epochs;
  private int epoch;
  private int stepInEpoch;
  private int stepsPerEpoch;

  public ProgressLines(PrintWriter err, Throughput pace) {
    this.err = err;
    this.pace = pace;
  }

  @Override
  public void epochStarted(int newEpoch, int ofEpochs, int firstStep, int steps) {
    epoch = newEpoch;
    epochs = ofEpochs;
    stepInEpoch = firstStep - 1;
    stepsPerEpoch = steps;
  }

  @Override
  public void stepDone(Losses losses) {
    stepInEpoch++;
    pace.stepDone();
    if (System.nanoTime() - nextLine >= 0) {
      nextLine = System.nanoTime() + INTERVAL_NANOS;
      line(ConsoleProgress.words(losses), "");
    }
  }

  @Override
  public void epochEnded(int ended, Losses mean, Path images) {
    line("mean " + ConsoleProgress.words(mean), images.toString());
  }

  @Override
  public void line(String text) {
    err.println(text);
  }

  private void line(String losses, String images) {
    StringBuilder line = new StringBuilder();
    line.append("epoch %d/%d  ".formatted(epoch, epochs));
    line.append("step %d/%d  %s".formatted(stepInEpoch, stepsPerEpoch, losses));
    for (String part : new String[] {pace.speed(), pace.left(stepsLeft()), images}) {
      line.append(part.isEmpty() ? "" : "  " + part);
    }
    err.println(line);
  }

  private long stepsLeft() {
    return (long) (epochs - epoch) * stepsPerEpoch + stepsPerEpoch - stepInEpoch;
  }

  @Override
  public void close() {
    err.flush();
  }
}
