package org.kerastwin.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of an evaluation: one row per figure, one column per set of images. */
public final class EvaluationTable {
  /** Spaces between two columns. */
  private static final int GAP = 2;

  private EvaluationTable() {}

  /**
   * A row.
   *
   * @param figure the name of the figure
   * @param better "higher", "lower" or nothing
   * @param values one for each column
   * @param explanation how to read the figure, or nothing
   */
  record Row(String figure, String better, List<String> values, String explanation) {
    Row {
      values = List.copyOf(values);
    }
  }

  /** The names of the columns. */
  static List<String> columns(Evaluation evaluation) {
    return List.copyOf(evaluation.all().keySet());
  }

  /** The rows of the figures, without the shares of the digits. */
  static List<Row> figures(Evaluation evaluation) {
    return Figure.all(evaluation.ofDigits()).stream()
        .map(
            figure ->
                new Row(
                    figure.title(),
                    figure.better(),
                    values(evaluation, figure.text()),
                    figure.meaning().explanation()))
        .toList();
  }

  private static List<Row> shares(Evaluation evaluation) {
    if (!evaluation.ofDigits()) {
      return List.of();
    }
    return IntStream.range(0, Classifier.CLASSES)
        .mapToObj(
            digit ->
                new Row(
                    "share of " + digit,
                    "",
                    values(evaluation, of -> Figure.percent(of.recognition().classes().get(digit))),
                    ""))
        .toList();
  }

  private static List<String> values(Evaluation evaluation, Function<Metrics, String> text) {
    return evaluation.all().values().stream().map(text).toList();
  }

  /** The table for a terminal. */
  public static List<String> lines(Evaluation evaluation) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(cells("", "better", columns(evaluation)));
    Stream.of(figures(evaluation), shares(evaluation))
        .flatMap(List::stream)
        .map(row -> cells(row.figure(), row.better(), row.values()))
        .forEach(cells::add);
    List<String> lines = new ArrayList<>(aligned(cells));
    evaluation.nearest().ifPresent(nearest -> lines.add(nearest(nearest)));
    return lines;
  }

  private static List<String> cells(String figure, String better, List<String> values) {
    return Stream.concat(Stream.of(figure, better), values.stream()).toList();
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
    }
    return line.toString().stripTrailing();
  }

  /** Describes the distance to the nearest training images. */
  static String nearest(NearestImages nearest) {
    return "distance to the nearest training image: %s%s"
        .formatted(
            Figure.number(nearest.meanDistance()),
            nearest
                .ofTestImages()
                .map(floor -> "; of real test images " + Figure.number(floor))
                .orElse(""));
  }
}
