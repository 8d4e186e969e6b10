package org.kerastwin.report;

import java.util.List;
import java.util.Optional;

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
            new LineChart.Reference(Math.log(2), "ln 2: undecided"),
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
        new LineChart.Reference(0.5, "0.5: undecided"),
        new Curve.Scale(0, 1),
        axis(),
        List.of(
            Curve.ofSteps("Real images", "real", values.outputReal()),
            Curve.ofSteps("Fakes", "fake", values.outputFake())));
  }

  /** A small chart for each figure of quality. */
  String html(List<RunPage.Quality> quality) {
    StringBuilder html = new StringBuilder();
    LineChart.Axis epochs = new LineChart.Axis("epoch", 1, Math.max(1, values.lastEpoch()));
    for (RunPage.Quality each : quality) {
      Optional<QualityFigure> figure = QualityFigure.of(each.column());
      Curve curve = new Curve(each.title(), "generator", each.epochs(), each.measured());
      html.append(
          new LineChart(
                  "quality" + html.length(),
                  each.title(),
                  "",
                  figure.map(QualityFigure::explanation).orElse(""),
                  new LineChart.Reference(Double.NaN, ""),
                  figure
                      .map(known -> known.limits(curve))
                      .orElseGet(() -> LineChart.limits(List.of(curve))),
                  epochs,
                  List.of(curve))
              .html());
    }
    return html.toString();
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
