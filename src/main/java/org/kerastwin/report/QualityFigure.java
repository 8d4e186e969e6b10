package org.kerastwin.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a column of {@code quality.csv} is shown: its title, how to read it, and its largest value.
 */
public enum QualityFigure {
  FRECHET_DISTANCE("Fréchet distance", "Lower is better: how far the images are from real ones."),
  KERNEL_DISTANCE("Kernel distance", "Lower is better: another distance to real images."),
  PRECISION("Precision", "Higher is better: the share of images that look real.", 1),
  RECALL("Recall", "Higher is better: the share of real images that the generator covers.", 1),
  CLASSIFIER_SCORE(
      "Classifier score", "Higher is better: 10 for clear digits of all ten classes.", 10),
  CONFIDENT_SHARE(
      "Recognized digits",
      "Higher is better: the share of images recognized with a probability of at least 0.9.",
      1),
  ENTROPY(
      "Entropy of classes, in bits",
      "Higher is better: 3.32 if all digits are equally frequent.",
      3.5),
  DIVERSITY(
      "Diversity within a class",
      "Falls when the images of a digit become alike; 'evaluate' prints it for real images, too.");

  private final String title;
  private final String explanation;
  private final double greatest;

  /** A figure without a greatest value. */
  QualityFigure(String title, String explanation) {
    this(title, explanation, Double.NaN);
  }

  QualityFigure(String title, String explanation, double greatest) {
    this.title = title;
    this.explanation = explanation;
    this.greatest = greatest;
  }

  /** The figure of a column; empty for a column of another program. */
  static Optional<QualityFigure> of(String column) {
    return Arrays.stream(values())
        .filter(figure -> figure.name().equalsIgnoreCase(column))
        .findFirst();
  }

  String title() {
    return title;
  }

  /** A sentence on how to read it. */
  public String explanation() {
    return explanation;
  }

  /** The vertical axis: up to the greatest value if there is one, or to the top of the curve. */
  Curve.Scale limits(Curve curve) {
    return Double.isNaN(greatest) ? LineChart.limits(List.of(curve)) : new Curve.Scale(0, greatest);
  }
}
