package org.kerastwin.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.kerastwin.training.Losses;

/**
 * Progress in a terminal: a line for every completed epoch, and below them two bars, for the epochs
 * and for the steps of the current epoch. The bars are redrawn in a single write, so that they
 * don't flicker, and erased at the end.
 */
public final class ProgressBars implements ConsoleProgress {
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final String LINE_UP = "\r\033[1A";
  private static final String ERASE_TO_LINE_END = "\033[K";
  private static final String ERASE_BELOW = "\033[J";

  /** Room for the terminal's {@code ^C} after a bar. */
  private static final int MARGIN = 3;

  private static final int LEAST_BAR = 5;

  private final PrintWriter err;
  private final IntSupplier columns;
  private final Throughput pace;
  private long lastDrawn;
  private boolean visible;
  private int widestTail;
  private StepCount count;
  private String drawn = "";
  private String losses = "";

  /**
   * Draws nothing yet.
   *
   * @param pace the speed of training
   * @param columns the terminal's width, asked before each drawing
   */
  public ProgressBars(
      PrintWriter err, Throughput pace, OptionalLong maxSteps, IntSupplier columns) {
    this.count = StepCount.ofStart(maxSteps);
    this.err = err;
    this.columns = columns;
    this.pace = pace;
  }

  @Override
  public synchronized void epochStarted(int epoch, int epochs, int nextStep, int steps) {
    count = new StepCount(epoch, epochs, nextStep - 1, steps, count.max());
    print(bars());
  }

  @Override
  public synchronized void stepDone(Losses stepLosses) {
    count = count.next();
    pace.stepDone();
    losses = ConsoleProgress.words(stepLosses);
    if (System.nanoTime() - lastDrawn >= INTERVAL_NANOS || count.step() == count.steps()) {
      print(bars());
    }
  }

  @Override
  public synchronized void epochEnded(int ended, Losses mean, Path images) {
    String part =
        count.step() < count.steps() ? " to step %d/%d".formatted(count.step(), count.steps()) : "";
    line(
        "epoch %d/%d%s  %s  %s"
            .formatted(
                ended,
                count.epochs(),
                part,
                ConsoleProgress.words(mean),
                images.subpath(images.getNameCount() - 2, images.getNameCount())));
  }

  /** Prints a line above the bars. */
  @Override
  public synchronized void line(String text) {
    print(text + ERASE_TO_LINE_END + "\n" + bars());
  }

  /** Prints over the bars, if there are any. */
  private void print(String text) {
    int width = columns.getAsInt();
    err.print(visible ? toTheirStart(width) + text : text);
    err.flush();
    visible = true;
    drawn = text.substring(text.lastIndexOf('\n', text.lastIndexOf('\n') - 1) + 1);
    lastDrawn = System.nanoTime();
  }

  /** Moves to the start of the bars: they need more lines in a window that became narrower. */
  private String toTheirStart(int width) {
    int lines =
        drawn
            .replace(ERASE_TO_LINE_END, "")
            .lines()
            .mapToInt(line -> (line.length() + width - 1) / width)
            .sum();
    return lines <= 2 ? LINE_UP : "\r\033[%dA".formatted(lines - 1) + ERASE_BELOW;
  }

  private String bars() {
    String times = "%s  %s".formatted(pace.speed(), pace.left(count.left())).strip();
    widestTail = Math.max(widestTail, Math.max(losses.length(), times.length()));
    double partOfEpoch = (double) count.step() / count.steps();
    return line(
            "epoch",
            count.epoch(),
            count.epochs(),
            (count.epoch() - 1 + partOfEpoch) / count.epochs(),
            times)
        + "\n"
        + line("step", count.step(), count.steps(), partOfEpoch, losses);
  }

  private String line(String name, int number, int of, double part, String tail) {
    int digits = String.valueOf(Math.max(count.epochs(), count.steps())).length();
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
      err.print(toTheirStart(columns.getAsInt()) + ERASE_BELOW);
      err.flush();
      visible = false;
    }
  }
}
