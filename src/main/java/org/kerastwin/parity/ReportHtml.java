package org.kerastwin.parity;

import java.util.Locale;

/** A report as one HTML page without scripts: the result, the stages, and every tensor. */
final class ReportHtml {
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
      .different { background: #fdd; }
      </style>
      </head>
      <body>
      <h1>Keras and its Java twin</h1>
      """;
  private static final String COLUMNS =
      "<tr><th>network</th><th>stage</th><th>tensor</th><th>result</th><th>relative L2</th>"
          + "<th>tolerance</th><th>max absolute</th><th>ULP p50</th><th>ULP p99</th><th>cosine</th>"
          + "<th>worst index</th><th>ours to float64</th><th>Keras to float64</th></tr>\n";

  private ReportHtml() {}

  static String of(Report report) {
    StringBuilder page = new StringBuilder(HEAD);
    String result =
        report
            .firstDifference()
            .map(first -> "First difference: " + first.describe())
            .orElse("No difference.");
    page.append("<p><strong>").append(escaped(result)).append("</strong></p>\n<table>\n");
    page.append(COLUMNS);
    report.verdicts().forEach(verdict -> page.append(row(verdict)));
    page.append("</table>\n");
    report
        .notApplicable()
        .forEach(reason -> page.append("<p>Not applicable: " + escaped(reason) + "</p>\n"));
    return page.append("</body>\n</html>\n").toString();
  }

  private static String row(Verdict verdict) {
    Difference difference = verdict.difference();
    StringBuilder row = new StringBuilder(verdict.isSame() ? "<tr>" : "<tr class=\"different\">");
    cell(row, verdict.network());
    cell(row, verdict.key().stage().title());
    cell(row, verdict.key().name());
    cell(row, verdict.isSame() ? difference.sameBits() ? "same bits" : "same" : "different");
    cell(row, number(difference.relativeL2()));
    cell(row, verdict.tolerance().name() + " " + number(verdict.tolerance().relativeL2()));
    cell(row, number(difference.maxAbsolute()));
    cell(row, number(difference.ulpMedian()));
    cell(row, number(difference.ulp99()));
    cell(row, String.format(Locale.ROOT, "%.9f", difference.cosine()));
    cell(row, String.valueOf(difference.worstIndex()));
    cell(row, verdict.judgement().map(judgement -> number(judgement.ours())).orElse(""));
    cell(row, verdict.judgement().map(judgement -> number(judgement.keras())).orElse(""));
    return row.append("</tr>\n").toString();
  }

  private static void cell(StringBuilder row, String text) {
    row.append("<td>").append(escaped(text)).append("</td>");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
