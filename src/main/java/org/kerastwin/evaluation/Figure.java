package org.kerastwin.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kerastwin.report.QualityFigure;

/**
 * A figure of quality as the table and the page of an evaluation show it.
 *
 * @param title its name
 * @param better "higher", "lower" or nothing
 * @param meaning says how to read it
 * @param text the figure with its unit, and with half of its 95% confidence interval if that is
 *     known
 */
record Figure(String title, String better, QualityFigure meaning, Function<Metrics, String> text) {
  private static final List<Figure> OF_ANY_IMAGES =
      List.of(
          new Figure(
              "Fréchet distance",
              "lower",
              QualityFigure.FRECHET_DISTANCE,
              of -> estimate(of.distances().frechet())),
          new Figure(
              "kernel distance",
              "lower",
              QualityFigure.KERNEL_DISTANCE,
              of -> estimate(of.distances().kernel())),
          new Figure(
              "precision",
              "higher",
              QualityFigure.PRECISION,
              of -> percent(of.distances().precision())),
          new Figure(
              "recall", "higher", QualityFigure.RECALL, of -> percent(of.distances().recall())));

  private static final Figure SCORE =
      new Figure(
          "classifier score",
          "higher",
          QualityFigure.CLASSIFIER_SCORE,
          of -> estimate(of.recognition().score()));

  private static final List<Figure> OF_DIGITS =
      List.of(
          new Figure(
              "recognized with p >= 0.9",
              "higher",
              QualityFigure.CONFIDENT_SHARE,
              of -> percent(of.recognition().confidentShare())),
          new Figure(
              "entropy of classes (bits)",
              "higher",
              QualityFigure.ENTROPY,
              of -> number(of.recognition().entropy())),
          new Figure(
              "diversity within a class",
              "",
              QualityFigure.DIVERSITY,
              of -> number(of.recognition().diversity())));

  /** The figures in display order; for images other than digits, those without a classifier. */
  static List<Figure> all(boolean ofDigits) {
    return ofDigits
        ? Stream.of(List.of(SCORE), OF_ANY_IMAGES, OF_DIGITS).flatMap(List::stream).toList()
        : OF_ANY_IMAGES;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  static String number(double value) {
    // Adding 0 turns a -0, as of the entropy of a single class, into 0.
    return String.format(Locale.ROOT, "%.3g", value + 0.0);
  }

  private static String estimate(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%s ± %.2g", number(estimate.value()), estimate.high() - estimate.value());
  }
}
