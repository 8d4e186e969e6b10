package org.kerastwin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.kerastwin.training.Losses;
import org.kerastwin.training.RunConfig;

/** Progress as plain lines: one every ten seconds, and one an epoch. */
final class ProgressLines implements ConsoleProgress {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter err;
  private final RunConfig config;
  private final long begun = System.nanoTime();
  private long lastLine = begun;
  private int epoch;
  private int stepInEpoch;
  private int stepsPerEpoch;
  private long stepsHere;

  ProgressLines(PrintWriter err, RunConfig config) {
    this.err = err;
    this.config = config;
  }

  @Override
  public void epochStarted(int newEpoch, int epochs, int firstStep, int steps) {
    epoch = newEpoch;
    stepInEpoch = firstStep - 1;
    stepsPerEpoch = steps;
  }

  @Override
  public void stepDone(Losses losses) {
    stepInEpoch++;
    stepsHere++;
    if (System.nanoTime() - lastLine >= INTERVAL_NANOS) {
      lastLine = System.nanoTime();
      err.printf(
          "epoch %d/%d  step %d/%d  %s  %s%n",
          epoch,
          config.epochs(),
          stepInEpoch,
          stepsPerEpoch,
          ConsoleProgress.words(losses),
          pace());
    }
  }

  @Override
  public void epochEnded(int ended, Losses mean, Path images) {
    err.printf(
        "epoch %d/%d done  mean %s  %s  %s%n",
        ended, config.epochs(), ConsoleProgress.words(mean), pace(), images);
  }

  private String pace() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    long stepsLeft = (long) (config.epochs() - epoch) * stepsPerEpoch + stepsPerEpoch - stepInEpoch;
    Duration left = Duration.ofSeconds(Math.round(stepsLeft * seconds / Math.max(1, stepsHere)));
    return String.format(
        Locale.ROOT,
        "%.0f images/s  %d:%02d:%02d left",
        stepsHere * config.batchSize() / seconds,
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart());
  }

  @Override
  public void close() {
    err.flush();
  }
}
