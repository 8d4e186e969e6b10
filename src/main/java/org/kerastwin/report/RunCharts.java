package org.kerastwin.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The charts of a run's page.
 *
 * @param values the measurements of every step
 */
record RunCharts(StepValues values) {
  /** The charts over all steps. */
  String html() {
    List<Curve> losses =
        List.of(
            Curve.ofSteps("Discriminator, real", "real", values.lossReal()),
            Curve.ofSteps("Discriminator, fakes", "fake", values.lossFake()),
            Curve.ofSteps("Generator", "generator", values.lossGenerator()));
    LineChart chart =
        new LineChart(
            "losses",
            "Losses",
            "binary cross-entropy (nats)",
            "Good: the curves settle at some distance from 0 and from each other. Bad: one falls to"
                + " 0 while another climbs.",
            Optional.of(new LineChart.Reference(Math.log(2), "ln 2: undecided")),
            LineChart.limits(losses),
            axis(),
            losses);
    return chart.html() + (values.hasOutputs() ? outputs().html() : "");
  }

  private LineChart outputs() {
    return new LineChart(
        "outputs",
        "Discriminator's mean output",
        "probability of being real",
        "Good: the output on real images is above that on fakes, and neither is near 0 or 1."
            + " At 0.5, the discriminator can't distinguish them.",
        Optional.of(new LineChart.Reference(0.5, "0.5: undecided")),
        new Curve.Scale(0, 1),
        axis(),
        List.of(
            Curve.ofSteps("Real images", "real", values.outputReal()),
            Curve.ofSteps("Fakes", "fake", values.outputFake())));
  }

  /** A small chart for each figure of quality. */
  String html(List<RunPage.Quality> quality) {
    LineChart.Axis epochs = new LineChart.Axis("epoch", 1, Math.max(1, values.lastEpoch()));
    return IntStream.range(0, quality.size())
        .mapToObj(i -> ofQuality("quality" + i, quality.get(i), epochs).html())
        .collect(Collectors.joining());
  }

  private static LineChart ofQuality(String id, RunPage.Quality quality, LineChart.Axis epochs) {
    Optional<QualityFigure> figure = QualityFigure.of(quality.column());
    Curve curve = new Curve(quality.title(), "generator", quality.epochs(), quality.measured());
    return new LineChart(
        id,
        quality.title(),
        "",
        figure.map(QualityFigure::explanation).orElse(""),
        Optional.empty(),
        figure.map(known -> known.limits(curve)).orElseGet(() -> LineChart.limits(List.of(curve))),
        epochs,
        List.of(curve));
  }

  /** Explains the thick and the thin lines. */
  String smoothing() {
    Curve curve = Curve.ofSteps("", "", values.lossReal());
    if (curve.window() == 1) {
      return "Each step.";
    }
    String raw =
        curve.valuesPerPoint() == 1
            ? "each step"
            : "the range of every %d steps".formatted(curve.valuesPerPoint());
    return "Thick: the mean of %d steps. Thin: %s.".formatted(curve.window(), raw);
  }

  private LineChart.Axis axis() {
    return values.lastEpoch() > 1
        ? new LineChart.Axis("epoch", values.stepsPerEpoch(), values.steps())
        : new LineChart.Axis("step", 1, Math.max(1, values.steps()));
  }
}
