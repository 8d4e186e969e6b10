package org.kerastwin.parity.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kerastwin.parity.compare.PixelMap;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorDifference;

/**
 * A report as one HTML page without scripts: the result, the stages, images of the errors, and all
 * tensors.
 */
final class HtmlReport {
  /** The most images on a page; different tensors come first. */
  private static final int MAX_PICTURES = 60;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Keras and its Java twin</title>
      <style>
      body { font: 14px sans-serif; margin: 2em; }
      table { border-collapse: collapse; }
      th, td { padding: 0.2em 0.8em; text-align: left; border-bottom: 1px solid #ddd; }
      figure { display: inline-block; vertical-align: top; width: 250px; margin: 0 1em 1em 0; }
      figure img { image-rendering: pixelated; border: 1px solid #888; }
      .error { width: 128px; max-height: 256px; }
      .grid { width: 174px; }
      .different { background: #fdd; }
      </style>
      </head>
      <body>
      <h1>Keras and its Java twin</h1>
      """;
  private static final String COLUMNS =
      "<tr><th>network</th><th>stage</th><th>tensor</th><th>result</th><th>relative L2</th>"
          + "<th>tolerance</th><th>max absolute</th><th>ULP p50</th><th>ULP p99</th><th>cosine</th>"
          + "<th>worst at</th><th>ours to float64</th><th>Keras to float64</th></tr>\n";

  private final Report report;
  private final StringBuilder page = new StringBuilder(HEAD);

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    HtmlReport html = new HtmlReport(report);
    html.writeResult();
    html.writeStages();
    html.writeErrors();
    html.writeGrids();
    html.writeTensors();
    return html.page.append("</body>\n</html>\n").toString();
  }

  private void writeResult() {
    String result =
        report
            .firstDifference()
            .map(first -> "First difference: " + first.describe())
            .orElse("No difference.");
    page.append("<p><strong>").append(escaped(result)).append("</strong></p>\n");
    for (String reference : report.references()) {
      page.append("<p>Compared with ").append(escaped(reference)).append("</p>\n");
    }
    for (String reason : report.notApplicable()) {
      page.append("<p>Not applicable: ").append(escaped(reason)).append("</p>\n");
    }
  }

  private void writeStages() {
    page.append("<h2>Stages</h2>\n<table>\n<tr><th>network</th><th>stage</th><th>tensors</th>");
    page.append("<th>same bits</th><th>error</th><th>tolerance</th><th>result</th></tr>\n");
    for (Report.Row row : report.rows()) {
      TensorComparison worst = row.worst();
      beginRow(row.isSame());
      cell(row.network());
      cell(row.stage().title());
      cell(String.valueOf(row.comparisons().size()));
      cell(String.valueOf(row.sameBits()));
      cell(number(worst.difference().relativeL2()));
      cell(number(worst.tolerance().relativeL2()));
      cell(row.isSame() ? "same" : "different: " + worst.key().name());
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  /** Shows all tensors that differ, and the worst of each stage. */
  private void writeErrors() {
    Set<TensorComparison> shown = new LinkedHashSet<>();
    report.comparisons().stream().filter(comparison -> !comparison.isSame()).forEach(shown::add);
    report.rows().stream()
        .map(Report.Row::worst)
        .filter(comparison -> !comparison.difference().sameBits())
        .forEach(shown::add);
    page.append("<h2>Errors</h2>\n");
    page.append(
        shown.isEmpty()
            ? "<p>All elements are the same, bit for bit.</p>\n"
            : "<p>Each element's error as a part of the tensor's greatest value, on a logarithmic"
                + " scale: white 0, yellow 1e-8, red 1, violet NaN. The last dimension goes across;"
                + " sampled tensors are laid out in a square.</p>\n");
    shown.stream()
        .limit(MAX_PICTURES)
        .forEach(
            comparison ->
                figure(
                    "error",
                    PngDataUri.ofErrors(comparison.images().error()),
                    "%s, %s: at most %s, at %s"
                        .formatted(
                            comparison.network(),
                            comparison.key(),
                            number(comparison.difference().maxAbsolute()),
                            comparison.worst())));
    if (shown.size() > MAX_PICTURES) {
      page.append("<p>%d more are in the table.</p>\n".formatted(shown.size() - MAX_PICTURES));
    }
  }

  private void writeGrids() {
    List<TensorComparison> grids =
        report.comparisons().stream()
            .filter(comparison -> !comparison.images().sides().isEmpty())
            .toList();
    if (grids.isEmpty()) {
      return;
    }
    page.append("<h2>Images</h2>\n");
    for (TensorComparison comparison : grids) {
      List<PixelMap> sides = comparison.images().sides();
      figure("grid", PngDataUri.ofGrays(sides.get(0)), comparison.network() + ": Keras");
      figure("grid", PngDataUri.ofGrays(sides.get(1)), comparison.network() + ": ours");
      figure(
          "grid",
          PngDataUri.ofErrors(comparison.images().error()),
          "%s: the difference, at most %s of 255"
              .formatted(comparison.network(), number(comparison.difference().maxAbsolute())));
    }
  }

  private void writeTensors() {
    page.append("<h2>Tensors</h2>\n<table>\n").append(COLUMNS);
    report.comparisons().forEach(this::tensorRow);
    page.append("</table>\n");
  }

  private void tensorRow(TensorComparison comparison) {
    TensorDifference difference = comparison.difference();
    beginRow(comparison.isSame());
    cell(comparison.network());
    cell(comparison.key().stage().title());
    cell(comparison.key().name());
    cell(comparison.result());
    cell(number(difference.relativeL2()));
    cell(comparison.tolerance().name() + " " + number(comparison.tolerance().relativeL2()));
    cell(number(difference.maxAbsolute()));
    cell(number(difference.ulpMedian()));
    cell(number(difference.ulp99()));
    cell(String.format(Locale.ROOT, "%.9f", difference.cosine()));
    cell(comparison.worst().toString());
    cell(comparison.float64().map(float64 -> number(float64.ours())).orElse(""));
    cell(comparison.float64().map(float64 -> number(float64.keras())).orElse(""));
    page.append("</tr>\n");
  }

  private void figure(String kind, String image, String caption) {
    page.append("<figure><img class=\"%s\" alt=\"\" src=\"%s\">".formatted(kind, image));
    page.append("<figcaption>").append(escaped(caption)).append("</figcaption></figure>\n");
  }

  private void beginRow(boolean same) {
    page.append(same ? "<tr>" : "<tr class=\"different\">");
  }

  private void cell(String text) {
    page.append("<td>").append(escaped(text)).append("</td>");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
