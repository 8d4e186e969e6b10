package org.kerastwin.evaluation;

import static org.kerastwin.report.Template.escaped;

import java.util.Base64;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.io.NdArray;

/** An evaluation as one HTML page without scripts: the table, samples, and their nearest images. */
public final class EvaluationPage {
  private static final int SIDE = 10;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Evaluation</title>
      <style>
      body { font: 14px sans-serif; margin: 2em; }
      table { border-collapse: collapse; }
      th, td { padding: 0.2em 0.8em; text-align: left; border-bottom: 1px solid #ddd; }
      img { image-rendering: pixelated; border: 1px solid #888; }
      .bar { display: inline-block; height: 0.8em; background: #47a; }
      </style>
      </head>
      <body>
      """;

  private final Evaluation evaluation;
  private final StringBuilder page = new StringBuilder(HEAD);

  private EvaluationPage(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** The page. */
  public static String of(Evaluation evaluation) {
    EvaluationPage page = new EvaluationPage(evaluation);
    page.writeTable();
    page.writeClasses();
    page.writeSamples();
    page.writeNearest();
    return page.page.append("</body>\n</html>\n").toString();
  }

  private void writeTable() {
    page.append("<h1>Evaluation of ").append(escaped(evaluation.model())).append("</h1>\n<p>");
    page.append(
        "%d images of seed %d, compared with the training images of %s. After ± is half of the 95%% confidence interval."
            .formatted(
                evaluation.figures().images(), evaluation.seed(), escaped(evaluation.reference())));
    page.append("</p>\n<table>\n<tr><th></th>");
    EvaluationTable.columns(evaluation).forEach(name -> cell("th", name));
    page.append("<th>better</th></tr>\n");
    for (EvaluationTable.Row row : EvaluationTable.rows(evaluation)) {
      page.append("<tr>");
      cell("th", row.figure());
      row.values().forEach(value -> cell("td", value));
      cell("td", row.better());
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private void writeClasses() {
    if (!evaluation.ofDigits()) {
      return;
    }
    page.append("<h2>Classes</h2>\n<table>\n");
    int digit = 0;
    for (double share : evaluation.figures().recognition().classes()) {
      page.append(
          "<tr><th>%d</th><td><span class=\"bar\" style=\"width: %dpx\"></span></td></tr>\n"
              .formatted(digit++, Math.round(1000 * share)));
    }
    page.append("</table>\n");
  }

  private void writeSamples() {
    page.append("<h2>Samples</h2>\n");
    picture(evaluation.samples(), SIDE, SIDE, "samples");
  }

  private void writeNearest() {
    page.append("<h2>Nearest training images</h2>\n<p>");
    if (evaluation.nearest().isEmpty()) {
      page.append("MNIST's training images were not found.</p>\n");
      return;
    }
    NearestImages nearest = evaluation.nearest().get();
    page.append("Samples above, the nearest training image of each below: ");
    page.append(escaped(EvaluationTable.nearest(nearest))).append(".</p>\n");
    int n = nearest.distances().size();
    picture(nearest.samples(), n, 1, "samples");
    page.append("<br>\n");
    picture(nearest.nearest(), n, 1, "their nearest training images");
  }

  private void picture(NdArray images, int columns, int rows, String name) {
    String png = Base64.getEncoder().encodeToString(new ImageGrid(columns, rows).png(images));
    int width = columns * 60;
    page.append(
        "<img alt=\"%s\" width=\"%d\" src=\"data:image/png;base64,%s\">\n"
            .formatted(name, width, png));
  }

  private void cell(String tag, String text) {
    page.append("<%s>%s</%s>".formatted(tag, escaped(text), tag));
  }
}
