package org.kerastwin.parity.report;

import java.util.List;
import java.util.Locale;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;

/** One line of the table of stages, in text and HTML. */
final class StageLine {
  /** The headings of the columns. */
  static final List<String> HEADINGS =
      List.of("network", "stage", "tensors", "bit-equal", "error", "tolerance", "used", "result");

  /** Explains the columns. */
  static final List<String> LEGEND =
      List.of(
          "bit-equal: the tensors with exactly the expected bits; the others differ by rounding.",
          "error: relative error |ours - expected| / |expected| (L2 norms) of the tensor that uses"
              + " most of its tolerance.",
          "tolerance: the largest error accepted for that tensor; used: the error in percent of"
              + " it.");

  private StageLine() {}

  /** The cells of a row. */
  static List<String> cells(Report.Row row) {
    TensorComparison worst = row.worst();
    return List.of(
        row.network(),
        row.stage().title(),
        String.valueOf(row.comparisons().size()),
        String.valueOf(row.bitEqual()),
        number(worst.error()),
        number(worst.accepted()),
        used(worst),
        result(row));
  }

  private static String result(Report.Row row) {
    if (!row.isSame()) {
      return "DIFFERENT: " + row.worst().key().name();
    }
    return row.bitEqual() == row.comparisons().size() ? "equal" : "equal up to rounding";
  }

  /** The error in percent of the tolerance. */
  static String used(TensorComparison comparison) {
    double part = comparison.partOfTolerance();
    return part <= 10 ? String.format(Locale.ROOT, "%.0f %%", Math.ceil(100 * part)) : ">1000 %";
  }

  /** A number with two digits. */
  static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  /** One sentence: all is equal, or the first difference and its usual cause. */
  static String summary(Report report) {
    return report
        .firstDifference()
        .map(first -> "First difference: %s. %s".formatted(first.describe(), cause(first)))
        .orElseGet(() -> equal(report));
  }

  private static String cause(TensorComparison first) {
    Stage stage = first.key().stage();
    return "Usual cause: " + stage.usualCause() + ".";
  }

  private static String equal(Report report) {
    long bitEqual = report.rows().stream().mapToLong(Report.Row::bitEqual).sum();
    int all = report.comparisons().size();
    return "No difference: of %d tensors, %d have the expected bits%s."
        .formatted(
            all, bitEqual, bitEqual == all ? "" : ", and the others differ only by rounding");
  }
}
