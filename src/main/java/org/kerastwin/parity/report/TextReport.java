package org.kerastwin.parity.report;

import java.util.ArrayList;
import java.util.List;
import org.kerastwin.parity.compare.Report;

/** A report as text: one line per stage, a legend, then the result. */
public final class TextReport {
  private static final String LINE = "%-19s %-18s %8s %10s %9s %10s %7s  %s";

  private TextReport() {}

  /** The lines of the report. */
  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(LINE.formatted(StageLine.HEADINGS.toArray()));
    report.rows().forEach(row -> lines.add(LINE.formatted(StageLine.cells(row).toArray())));
    lines.addAll(StageLine.LEGEND);
    report.references().forEach(reference -> lines.add("compared with " + reference));
    report.notApplicable().forEach(reason -> lines.add("not applicable: " + reason));
    lines.add(StageLine.summary(report));
    return lines;
  }
}
