package org.kerastwin.run.folder;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

/** The losses in {@code history.csv}: a row for each step, flushed after the step. */
public final class History implements AutoCloseable {
  static final String HEADER = "step,epoch,d_loss_real,d_loss_fake,g_loss";
  private static final String WHAT = "history";

  private final Path file;
  private final StepSeries series;
  private final FileChannel channel;
  private final Writer writer;

  private History(Path file, StepSeries series) throws IOException {
    this.file = file;
    this.series = series;
    this.channel = FileChannel.open(file, StandardOpenOption.APPEND);
    this.writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
  }

  /** Starts a history and replaces the file. */
  public static History create(Path file) {
    return open(file, new StepSeries(), new Position(0, 1, 1));
  }

  /**
   * Writes the rows of the steps done and continues after them.
   *
   * @param series the steps done
   * @param at the point after them
   * @param warnings receives a warning if the file had other rows for them
   */
  public static History resume(
      Path file, StepSeries series, Position at, Consumer<Problem> warnings) {
    try {
      requireRows(file, series, at);
    } catch (EnvironmentException changed) {
      warnings.accept(changed.problem().advice("The rows are written again from the checkpoint."));
    }
    return open(file, series, at);
  }

  /**
   * Checks that a file begins with exactly the rows of a checkpoint, and that rows after them are
   * ones that the run may have written.
   *
   * @param at the point after them
   * @throws EnvironmentException naming the first row that differs
   */
  public static void requireRows(Path file, StepSeries series, Position at) {
    List<String> rows = rows(series, at);
    List<String> lines = lines(file);
    for (int i = 0; i < rows.size(); i++) {
      String line = i < lines.size() ? lines.get(i) : "no such row";
      if (!line.equals(rows.get(i))) {
        throw new EnvironmentException(
            Problem.with(WHAT, file)
                .expected("'%s' as in the checkpoint".formatted(rows.get(i)))
                .received("'%s'".formatted(line)));
      }
    }
    if (lines.size() == rows.size()) {
      throw new EnvironmentException(
          Problem.with(WHAT, file)
              .expected("a line feed at the end of '%s'".formatted(rows.get(rows.size() - 1)))
              .received("none"));
    }
    requireLaterRows(file, lines, at);
  }

  /** A killed run leaves rows of later steps, of which the last may be cut off. */
  private static void requireLaterRows(Path file, List<String> lines, Position at) {
    long last = (long) at.stepsPerEpoch() * at.epochs();
    for (long step = at.step() + 1; step < lines.size() - 1; step++) {
      String row = lines.get(Math.toIntExact(step));
      cells(file, row, step);
      if (step > last) {
        throw new EnvironmentException(
            Problem.with(WHAT, file)
                .expected("no row after that of the last step, %d".formatted(last))
                .received("'%s'".formatted(row)));
      }
    }
  }

  /** The header and the rows of these steps. */
  static List<String> rows(StepSeries series, Position at) {
    List<String> rows = new ArrayList<>(List.of(HEADER));
    for (int step = 1; step <= series.steps(); step++) {
      rows.add(row(new Position(step, at.stepsPerEpoch(), at.epochs()), series.losses(step)));
    }
    return rows;
  }

  /** The text between line feeds; the last is empty unless the file is cut off. */
  private static List<String> lines(Path file) {
    try {
      return List.of(Files.readString(file).split("\n", -1));
    } catch (IOException unreadable) {
      throw IoFailure.of(WHAT, file, "a file that can be read", unreadable);
    }
  }

  private static History open(Path file, StepSeries series, Position at) {
    AtomicFile.write(file, String.join("\n", rows(series, at)) + "\n");
    try {
      return new History(file, series);
    } catch (IOException unwritable) {
      throw IoFailure.of(WHAT, file, "a file that can be written", unwritable);
    }
  }

  private static String row(Position at, Losses losses) {
    return String.join(
        ",",
        Long.toString(at.step()),
        Integer.toString(at.epoch()),
        SignificantDigits.format(losses.discriminatorReal()),
        SignificantDigits.format(losses.discriminatorFake()),
        SignificantDigits.format(losses.generator()));
  }

  /**
   * Reads the rows of a number of steps.
   *
   * @throws EnvironmentException if the file does not have them
   */
  public static HistorySteps read(Path file, long steps) {
    List<String> lines = lines(file);
    long rows = lines.size() - (lines.get(lines.size() - 1).isEmpty() ? 2L : 1L);
    if (!lines.get(0).equals(HEADER) || rows < steps) {
      throw new EnvironmentException(
          Problem.with(WHAT, file)
              .expected("the header and at least %d rows".formatted(steps))
              .received("'%s' and %d rows".formatted(lines.get(0), Math.max(0, rows))));
    }
    StepSeries series = new StepSeries();
    float[] epochs = new float[Math.toIntExact(steps)];
    while (series.steps() < steps) {
      String[] cells = cells(file, lines.get(series.steps() + 1), series.steps() + 1L);
      epochs[series.steps()] = Integer.parseInt(cells[1]);
      Losses losses =
          new Losses(
              Float.parseFloat(cells[2]), Float.parseFloat(cells[3]), Float.parseFloat(cells[4]));
      series.add(new StepMetrics(losses, Float.NaN, Float.NaN));
    }
    return new HistorySteps(series, epochs, Math.toIntExact(rows - steps));
  }

  private static String[] cells(Path file, String row, long step) {
    if (!row.matches(step + ",[0-9]{1,9}(,(-?inf|nan|-?[0-9]+([.][0-9]+)?(e[-+][0-9]+)?)){3}")) {
      throw new EnvironmentException(
          Problem.with(WHAT, file)
              .expected("five numbers in the row of step " + step)
              .received("'" + row + "'"));
    }
    return row.replace("nan", "NaN").replace("inf", "Infinity").split(",", -1);
  }

  /** Adds a row and flushes it. */
  public void add(Position at, StepMetrics step) {
    series.add(step);
    try {
      writer.write(row(at, step.losses()) + "\n");
      writer.flush();
    } catch (IOException full) {
      throw IoFailure.of(WHAT, file, "room for another row", full);
    }
  }

  /** Waits until the rows are on disk, since the next checkpoint relies on them. */
  public void sync() {
    try {
      channel.force(false);
    } catch (IOException full) {
      throw IoFailure.of(WHAT, file, "a disk that can be written", full);
    }
  }

  /** All steps so far. */
  public StepSeries series() {
    return series;
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException full) {
      throw IoFailure.of(WHAT, file, "a file that can be closed", full);
    }
  }
}
