package org.kerastwin.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.kerastwin.training.Losses;

/**
 * Progress in a terminal: a line for every epoch that has ended, and beneath them two bars, of the
 * epochs and of the steps of the one under way. The bars are drawn over themselves in one write, so
 * that they don't flicker, and are gone in the end.
 */
public final class ProgressBars implements ConsoleProgress {
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final String LINE_UP = "\r\033[1A";
  private static final String ERASE_TO_LINE_END = "\033[K";
  private static final String ERASE_BELOW = "\033[J";

  /** Room for the terminal's own {@code ^C} behind a bar. */
  private static final int MARGIN = 3;

  private static final int LEAST_BAR = 5;

  private final PrintWriter err;
  private final IntSupplier columns;
  private final Throughput pace;
  private long lastDrawn;
  private boolean visible;
  private int widestTail;
  private int epochs;
  private int epoch;
  private int stepInEpoch;
  private int stepsPerEpoch;
  private String losses = "";

  /**
   * Draws nothing yet.
   *
   * @param pace of the training
   * @param columns the terminal's width, asked whenever it is drawn on
   */
  public ProgressBars(PrintWriter err, Throughput pace, IntSupplier columns) {
    this.err = err;
    this.columns = columns;
    this.pace = pace;
  }

  @Override
  public synchronized void epochStarted(int newEpoch, int ofEpochs, int firstStep, int steps) {
    epoch = newEpoch;
    epochs = ofEpochs;
    stepInEpoch = firstStep - 1;
    stepsPerEpoch = steps;
    print(bars());
  }

  @Override
  public synchronized void stepDone(Losses stepLosses) {
    stepInEpoch++;
    pace.stepDone();
    losses = ConsoleProgress.words(stepLosses);
    if (System.nanoTime() - lastDrawn >= INTERVAL_NANOS || stepInEpoch == stepsPerEpoch) {
      print(bars());
    }
  }

  @Override
  public synchronized void epochEnded(int ended, Losses mean, Path images) {
    String part =
        stepInEpoch < stepsPerEpoch ? " to step %d/%d".formatted(stepInEpoch, stepsPerEpoch) : "";
    line(
        "epoch %d/%d%s  %s  %s"
            .formatted(
                ended,
                epochs,
                part,
                ConsoleProgress.words(mean),
                images.subpath(images.getNameCount() - 2, images.getNameCount())));
  }

  /** With the bars drawn again beneath it. */
  @Override
  public synchronized void line(String text) {
    print(text + ERASE_TO_LINE_END + "\n" + bars());
  }

  /** Draws over the bars, if there are any. */
  private void print(String text) {
    err.print((visible ? LINE_UP : "") + text);
    err.flush();
    visible = true;
    lastDrawn = System.nanoTime();
  }

  private String bars() {
    long stepsLeft = (long) (epochs - epoch) * stepsPerEpoch + stepsPerEpoch - stepInEpoch;
    String times = "%s  %s".formatted(pace.speed(), pace.left(stepsLeft)).strip();
    widestTail = Math.max(widestTail, Math.max(losses.length(), times.length()));
    double partOfEpoch = (double) stepInEpoch / stepsPerEpoch;
    return line("epoch", epoch, epochs, (epoch - 1 + partOfEpoch) / epochs, times)
        + "\n"
        + line("step", stepInEpoch, stepsPerEpoch, partOfEpoch, losses);
  }

  private String line(String name, int number, int of, double part, String tail) {
    int digits = String.valueOf(Math.max(epochs, stepsPerEpoch)).length();
    String label =
        String.format(Locale.ROOT, "%-5s %" + digits + "d/%-" + digits + "d", name, number, of);
    String percent = String.format(Locale.ROOT, "%3d%%", (int) (100 * part));
    int room = columns.getAsInt() - MARGIN;
    int length = room - label.length() - percent.length() - widestTail - "  [] ".length() - 2;
    String bar = length < LEAST_BAR ? "" : "[%s] ".formatted(bar(length, part));
    String line = "%s  %s%s  %s".formatted(label, bar, percent, tail);
    return line.substring(0, Math.min(Math.max(1, room), line.length())) + ERASE_TO_LINE_END;
  }

  private static String bar(int length, double part) {
    int done = (int) (length * part);
    return "=".repeat(done) + " ".repeat(length - done);
  }

  @Override
  public synchronized void close() {
    if (visible) {
      err.print(LINE_UP + ERASE_BELOW);
      err.flush();
      visible = false;
    }
  }
}
