package org.kerastwin.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
   */
  record Row(String figure, String better, List<String> values) {
    Row {
      values = List.copyOf(values);
    }
  }

  /** The names of the columns. */
  static List<String> columns(Evaluation evaluation) {
    return List.copyOf(evaluation.all().keySet());
  }

  static List<Row> rows(Evaluation evaluation) {
    List<Row> rows = new ArrayList<>();
    if (evaluation.ofDigits()) {
      add(rows, evaluation, "classifier score", "higher", f -> estimate(f.recognition().score()));
    }
    add(rows, evaluation, "Fréchet distance", "lower", f -> estimate(f.distances().frechet()));
    add(rows, evaluation, "kernel distance", "lower", f -> estimate(f.distances().kernel()));
    add(rows, evaluation, "precision", "higher", f -> percent(f.distances().precision()));
    add(rows, evaluation, "recall", "higher", f -> percent(f.distances().recall()));
    if (evaluation.ofDigits()) {
      add(
          rows,
          evaluation,
          "recognized with p >= 0.9",
          "higher",
          f -> percent(f.recognition().confidentShare()));
      add(
          rows,
          evaluation,
          "entropy of classes (bits)",
          "higher",
          f -> number(f.recognition().entropy()));
      add(
          rows,
          evaluation,
          "diversity within a class",
          "",
          f -> number(f.recognition().diversity()));
      for (int c = 0; c < Classifier.CLASSES; c++) {
        int digit = c;
        add(
            rows,
            evaluation,
            "share of " + c,
            "",
            f -> percent(f.recognition().classes().get(digit)));
      }
    }
    return rows;
  }

  private static void add(
      List<Row> rows,
      Evaluation evaluation,
      String figure,
      String better,
      Function<Metrics, String> value) {
    rows.add(new Row(figure, better, evaluation.all().values().stream().map(value).toList()));
  }

  /** The table for a terminal. */
  public static List<String> lines(Evaluation evaluation) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(cells("", "better", columns(evaluation)));
    for (Row row : rows(evaluation)) {
      cells.add(cells(row.figure(), row.better(), row.values()));
    }
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
            number(nearest.meanDistance()),
            nearest
                .ofTestImages()
                .map(floor -> "; of real test images " + number(floor))
                .orElse(""));
  }

  /** The value with half of its 95% confidence interval. */
  private static String estimate(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%s ± %.2g", number(estimate.value()), estimate.high() - estimate.value());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  static String number(double value) {
    // Adding 0 turns a -0, as of the entropy of a single class, into 0.
    return String.format(Locale.ROOT, "%.3g", value + 0.0);
  }
}
