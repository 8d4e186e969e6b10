package org.kerastwin.parity.report;

import static org.kerastwin.report.Template.escaped;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Keras and its Java twin</title>
      <style>
      body { font: 14px sans-serif; margin: 1.5em; overflow-wrap: anywhere; }
      table { border-collapse: collapse; }
      th, td { padding: 0.2em 0.5em; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
      .tensors { font-size: 11px; }
      .chain { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3em; }
      .chain span { border: 1px solid #888; border-radius: 4px; padding: 0.3em 0.6em; }
      .chain i { font-style: normal; }
      figure { display: inline-block; vertical-align: top; width: 250px; margin: 0 1em 1em 0; }
      figure img { image-rendering: pixelated; border: 1px solid #888; max-width: 100%; }
      .error { width: 128px; max-height: 256px; }
      .grid { width: 174px; }
      .different { background: #fdd; }
      @media (max-width: 1100px) {
        table, tbody, tr, td { display: block; }
        tr { padding: 0.4em 0; border-bottom: 1px solid #888; }
        th { display: none; }
        td { border: 0; padding: 0.1em 0; }
        td:empty { display: none; }
        td::before { content: attr(data-label) ": "; color: #666; }
      }
      </style>
      </head>
      <body>
      <h1>Keras and its Java twin</h1>
      """;
  private static final List<String> COLUMNS =
      List.of(
          "network",
          "stage",
          "tensor",
          "result",
          "error",
          "tolerance",
          "used",
          "max absolute",
          "ULP p50, p99",
          "cosine",
          "worst at",
          "ours to float64",
          "Keras to float64");

  private final Report report;
  private final StringBuilder page = new StringBuilder(HEAD);

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    HtmlReport html = new HtmlReport(report);
    html.writeResult();
    html.writeChains();
    html.writeStages();
    html.writeErrors();
    html.writeGrids();
    html.writeTensors();
    return html.page.append("</body>\n</html>\n").toString();
  }

  private void writeResult() {
    page.append("<p><strong>").append(escaped(StageLine.summary(report))).append("</strong></p>\n");
    for (String reference : report.references()) {
      page.append("<p>Compared with ").append(escaped(reference)).append("</p>\n");
    }
    for (String reason : report.notApplicable()) {
      page.append("<p>Not applicable: ").append(escaped(reason)).append("</p>\n");
    }
  }

  /** The layers of each network; the first that differs is marked. */
  private void writeChains() {
    for (NetworkDiagram chain : NetworkDiagram.of(report)) {
      page.append("<h2>").append(escaped(chain.network())).append("</h2>\n<p class=\"chain\">");
      String arrow = "";
      for (String layer : chain.layers()) {
        boolean isFirst = chain.firstDifferent().equals(Optional.of(layer));
        page.append(arrow).append(isFirst ? "<span class=\"different\">" : "<span>");
        page.append(escaped(layer)).append(isFirst ? "<br>first difference</span>" : "</span>");
        arrow = "<i>→</i>";
      }
      page.append("</p>\n");
    }
  }

  private void writeStages() {
    page.append("<h2>Stages</h2>\n<table>\n");
    headings(StageLine.HEADINGS);
    for (Report.Row row : report.rows()) {
      row(row.isSame(), StageLine.HEADINGS, StageLine.cells(row));
    }
    page.append("</table>\n");
    for (String line : StageLine.LEGEND) {
      page.append("<p>").append(escaped(line)).append("</p>\n");
    }
  }

  /** Shows all tensors that differ, and the worst of each stage. */
  private void writeErrors() {
    Set<TensorComparison> shown = new LinkedHashSet<>();
    report.comparisons().stream().filter(comparison -> !comparison.isSame()).forEach(shown::add);
    report.rows().stream()
        .map(Report.Row::worst)
        .filter(comparison -> !comparison.difference().bitEqual())
        .forEach(shown::add);
    page.append("<h2>Errors</h2>\n");
    page.append(
        shown.isEmpty()
            ? "<p>All elements are the same, bit for bit.</p>\n"
            : "<p>The error of each element, relative to the greatest value of the tensor, on a"
                + " logarithmic scale: white 0, yellow 1e-8, red 1, violet NaN. The last"
                + " dimension runs across; sampled tensors are laid out in a square.</p>\n");
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
    page.append("<h2>Tensors</h2>\n<table class=\"tensors\">\n");
    headings(COLUMNS);
    for (TensorComparison comparison : report.comparisons()) {
      row(comparison.isSame(), COLUMNS, cells(comparison));
    }
    page.append("</table>\n");
  }

  private static List<String> cells(TensorComparison comparison) {
    TensorDifference difference = comparison.difference();
    return List.of(
        comparison.network(),
        comparison.key().stage().title(),
        comparison.key().name(),
        comparison.result(),
        number(comparison.error()),
        comparison.tolerance().name() + " " + number(comparison.accepted()),
        StageLine.used(comparison),
        number(difference.maxAbsolute()),
        number(difference.ulpMedian()) + ", " + number(difference.ulp99()),
        String.format(Locale.ROOT, "%.9f", difference.cosine()),
        comparison.worst().toString(),
        comparison.float64().map(float64 -> number(float64.ours())).orElse(""),
        comparison.float64().map(float64 -> number(float64.keras())).orElse(""));
  }

  private void figure(String kind, String image, String caption) {
    page.append("<figure><img class=\"%s\" alt=\"\" src=\"%s\">".formatted(kind, image));
    page.append("<figcaption>").append(escaped(caption)).append("</figcaption></figure>\n");
  }

  private void headings(List<String> names) {
    page.append("<tr>");
    names.forEach(name -> page.append("<th>").append(escaped(name)).append("</th>"));
    page.append("</tr>\n");
  }

  private void row(boolean same, List<String> headings, List<String> cells) {
    page.append(same ? "<tr>" : "<tr class=\"different\">");
    for (int i = 0; i < cells.size(); i++) {
      page.append("<td data-label=\"%s\">".formatted(escaped(headings.get(i))));
      page.append(escaped(cells.get(i))).append("</td>");
    }
    page.append("</tr>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
