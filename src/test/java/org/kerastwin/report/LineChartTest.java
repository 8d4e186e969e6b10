package org.kerastwin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineChartTest {
  private static LineChart chart(double low, double high, double perTick, double end) {
    return new LineChart(
        "losses",
        "Losses",
        "nats",
        "Lower is better.",
        Optional.of(new LineChart.Reference(0.5, "half")),
        new Curve.Scale(low, high),
        new LineChart.Axis("epoch", perTick, end),
        List.of(Curve.ofSteps("Real & fake", "real", new float[] {0.25f, 0.75f})));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0 0.2 0.4 0.6 0.8 1",
    "0, 0.98, 0 0.2 0.4 0.6 0.8",
    "0, 13, 0 5 10",
    "0, 250, 0 50 100 150 200 250",
    "0, 0.003, 0 0.001 0.002 0.003",
    "-3, 2, -3 -2 -1 0 1 2"
  })
  void verticalTicksAreRoundNumbers(double low, double high, String labels) {
    assertEquals(labels, labels(chart(low, high, 1, 2).html(), "0.32em"));
  }

  @ParameterizedTest
  @CsvSource({
    "235, 470, 0 1 2",
    "235, 588, 0 1 2",
    "235, 2350, 0 2 4 6 8 10",
    "469, 23450, 0 10 20 30 40 50",
    "1, 40, 0 5 10 15 20 25 30 35 40"
  })
  void horizontalTicksAreWholeEpochs(double perTick, double end, String labels) {
    assertEquals(labels, labels(chart(0, 1, perTick, end).html(), "1.5em"));
  }

  @Test
  void ticksLieWhereTheirValuesAre() {
    String html = chart(0, 1, 235, 470).html();
    assertTrue(html.contains("y1=\"80.00%\" y2=\"80.00%\"/><text x=\"0\" y=\"80.00%\""), html);
    assertTrue(html.contains("<text x=\"50.00%\" y=\"100%\" dy=\"1.5em\">1<"), html);
  }

  @Test
  void describesCurvesInWords() {
    String html = chart(0, 1, 1, 2).html();
    assertTrue(
        html.contains(
            "Losses by epoch. Real &amp; fake: 0.250 at the beginning, 0.750 at the end.</desc>"),
        html);
  }

  @Test
  void outliersDoNotFlattenTheCurves() {
    float[] losses = new float[1000];
    Arrays.fill(losses, 1);
    losses[0] = 400;
    Curve.Scale limits = LineChart.limits(List.of(Curve.ofSteps("", "", losses)));
    assertEquals(0, limits.low());
    assertEquals(1.05, limits.high());
  }

  @Test
  void drawsAnAxisWithoutFiniteValues() {
    Curve.Scale limits = LineChart.limits(List.of(Curve.ofSteps("", "", new float[] {Float.NaN})));
    assertTrue(limits.high() > limits.low());
  }

  private static String labels(String html, String dy) {
    return String.join(
        " ",
        Pattern.compile("dy=\"" + Pattern.quote(dy) + "\">([^<]+)<")
            .matcher(html)
            .results()
            .map(result -> result.group(1))
            .toList());
  }
}
