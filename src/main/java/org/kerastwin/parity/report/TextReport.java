package org.kerastwin.parity.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;

/** A report as text: one line per stage, then the first difference. */
public final class TextReport {
  private static final String LINE = "%-19s %-18s %8s %10s %9s %10s  %s";

  private TextReport() {}

  /** The lines of the report. */
  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        LINE.formatted("network", "stage", "tensors", "same bits", "error", "tolerance", "result"));
    for (Report.Row row : report.rows()) {
      TensorComparison worst = row.worst();
      lines.add(
          LINE.formatted(
              row.network(),
              row.stage().title(),
              row.comparisons().size(),
              row.sameBits(),
              number(worst.difference().relativeL2()),
              number(worst.tolerance().relativeL2()),
              row.isSame() ? "same" : "DIFFERENT: " + worst.key().name()));
    }
    report.references().forEach(reference -> lines.add("compared with " + reference));
    report.notApplicable().forEach(reason -> lines.add("not applicable: " + reason));
    lines.add(
        report
            .firstDifference()
            .map(comparison -> "First difference: " + comparison.describe())
            .orElse("No difference."));
    return lines;
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }
}
