package org.kerastwin.run;

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
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.training.Losses;

/**
 * The losses of every step of a run: {@code history.csv}, a row a step, flushed after the step. It
 * keeps the losses of the epoch under way for their mean.
 */
public final class History implements AutoCloseable {
  static final String HEADER = "step,epoch,d_loss_real,d_loss_fake,g_loss";

  private final Path file;
  private final FileChannel channel;
  private final Writer writer;
  private final List<Losses> epochLosses = new ArrayList<>();
  private int epoch;

  private History(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.APPEND);
    this.writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
  }

  /** Begins a history; a file of that name is replaced. */
  public static History create(Path file) {
    return open(file, List.of());
  }

  /**
   * Goes on with the history of a checkpoint; rows of steps after it are dropped.
   *
   * @param steps how many steps the checkpoint holds
   * @throws EnvironmentException if the file does not hold the rows of those steps
   */
  static History resume(Path file, long steps) {
    List<Row> rows = read(file, steps).rows();
    History history = open(file, rows.stream().map(Row::text).toList());
    rows.forEach(row -> history.remember(row.epoch(), row.losses()));
    return history;
  }

  /**
   * A row.
   *
   * @param text the whole of it
   * @param epoch the step's
   * @param losses the step's
   */
  record Row(String text, int epoch, Losses losses) {}

  /** What a history says of a number of steps. */
  public static final class Steps {
    private final List<Row> rows;
    private final int later;

    private Steps(List<Row> rows, int later) {
      this.rows = rows;
      this.later = later;
    }

    /** One row a step. */
    List<Row> rows() {
      return rows;
    }

    /** How many rows follow them, which may be damaged. */
    public int later() {
      return later;
    }

    /** The epoch of the last step; 0 before the first. */
    public int epoch() {
      return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).epoch();
    }
  }

  /**
   * Reads a history.
   *
   * @param steps how many steps must be there
   * @throws EnvironmentException if the file does not hold the rows of those steps
   */
  public static Steps read(Path file, long steps) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw IoFailure.of("history", file, "a file that can be read", unreadable);
    }
    if (lines.isEmpty() || !lines.get(0).equals(HEADER) || lines.size() - 1 < steps) {
      throw unusable(file, "the header and at least " + steps + " rows", lines.size() + " lines");
    }
    List<Row> rows = new ArrayList<>();
    while (rows.size() < steps) {
      rows.add(parse(file, lines.get(rows.size() + 1), rows.size() + 1L));
    }
    return new Steps(rows, lines.size() - 1 - rows.size());
  }

  private static Row parse(Path file, String row, long step) {
    String[] cells = row.split(",", -1);
    try {
      if (cells.length == 5 && Long.parseLong(cells[0]) == step) {
        return new Row(
            row,
            Integer.parseInt(cells[1]),
            new Losses(
                Float.parseFloat(cells[2]),
                Float.parseFloat(cells[3]),
                Float.parseFloat(cells[4])));
      }
    } catch (NumberFormatException malformed) {
      // Refused below, as a row with another number of cells is.
    }
    throw unusable(file, "five numbers in the row of step " + step, "'" + row + "'");
  }

  private static History open(Path file, List<String> rows) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    rows.forEach(row -> text.append(row).append('\n'));
    AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    try {
      return new History(file);
    } catch (IOException unwritable) {
      throw IoFailure.of("history", file, "a file that can be written", unwritable);
    }
  }

  private static EnvironmentException unusable(Path file, String expected, String received) {
    return new EnvironmentException("history", file, expected, received);
  }

  private void remember(int stepEpoch, Losses losses) {
    if (stepEpoch != epoch) {
      epoch = stepEpoch;
      epochLosses.clear();
    }
    epochLosses.add(losses);
  }

  /** Adds a row and flushes it. */
  public void add(long step, int stepEpoch, Losses losses) {
    remember(stepEpoch, losses);
    try {
      writer.write(
          String.join(
                  ",",
                  Long.toString(step),
                  Integer.toString(stepEpoch),
                  SignificantDigits.format(losses.discriminatorReal()),
                  SignificantDigits.format(losses.discriminatorFake()),
                  SignificantDigits.format(losses.generator()))
              + "\n");
      writer.flush();
    } catch (IOException full) {
      throw IoFailure.of("history", file, "room for another row", full);
    }
  }

  /** Has the rows on the disk before a checkpoint that counts on them. */
  void sync() {
    try {
      channel.force(false);
    } catch (IOException full) {
      throw IoFailure.of("history", file, "a disk that takes it", full);
    }
  }

  /** The mean losses of the steps of the epoch under way so far. */
  Losses epochMean() {
    double real = 0;
    double fake = 0;
    double generator = 0;
    for (Losses losses : epochLosses) {
      real += losses.discriminatorReal();
      fake += losses.discriminatorFake();
      generator += losses.generator();
    }
    int n = Math.max(1, epochLosses.size());
    return new Losses((float) (real / n), (float) (fake / n), (float) (generator / n));
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException full) {
      throw IoFailure.of("history", file, "a file that can be closed", full);
    }
  }
}
