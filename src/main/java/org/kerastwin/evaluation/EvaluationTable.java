package org.kerastwin.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The table of an evaluation: one row per figure, one column per set of images. */
public final class EvaluationTable {
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
          "entropy of the classes (bits)",
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
    List<String> columns = columns(evaluation);
    List<String> lines = new ArrayList<>();
    lines.add(line("", columns));
    for (Row row : rows(evaluation)) {
      String better = row.better().isEmpty() ? "" : " (" + row.better() + " is better)";
      lines.add(line(row.figure() + better, row.values()));
    }
    evaluation.nearest().ifPresent(nearest -> lines.add(nearest(nearest)));
    return lines;
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

  private static String line(String figure, List<String> values) {
    StringBuilder line = new StringBuilder("%-42s".formatted(figure));
    values.forEach(value -> line.append("  %-24s".formatted(value)));
    return line.toString().stripTrailing();
  }

  private static String estimate(Estimate estimate) {
    return "%s (%s to %s)"
        .formatted(number(estimate.value()), number(estimate.low()), number(estimate.high()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
