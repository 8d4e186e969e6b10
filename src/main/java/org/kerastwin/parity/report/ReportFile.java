package org.kerastwin.parity.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.FileName;
import org.kerastwin.parity.compare.Report;

/**
 * A report file. Its ending determines the format.
 *
 * @param path the file
 * @param form the format
 */
public record ReportFile(Path path, Form form) {
  /** The formats. */
  public enum Form {
    /** JSON with every measure of every tensor. */
    JSON {
      @Override
      String text(Report report) {
        return JsonReport.of(report);
      }
    },
    /** JUnit XML for build servers, with one test case per tensor. */
    XML {
      @Override
      String text(Report report) {
        return JUnitReport.of(report);
      }
    },
    /** A page for the browser. */
    HTML {
      @Override
      String text(Report report) {
        return new HtmlReport(report).html();
      }
    };

    abstract String text(Report report);

    private String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The report file with this path.
   *
   * @throws UsageException if its ending is not that of a format
   * @throws EnvironmentException if the path is a folder or lies below a file
   */
  public static ReportFile of(Path path) {
    if (Files.isDirectory(path)) {
      throw new EnvironmentException(
          Problem.with("report", path).expected("a file").received("a folder"));
    }
    requireFolders(path);
    FileName name = FileName.of(path);
    return Arrays.stream(Form.values())
        .filter(form -> name.endsWith(form.ending()))
        .findFirst()
        .map(form -> new ReportFile(path, form))
        .orElseThrow(
            () ->
                new UsageException(
                    Problem.with("report", path)
                        .expected(
                            Arrays.stream(Form.values())
                                .map(Form::ending)
                                .collect(Collectors.joining(", ", "one of ", "")))
                        .received("another ending")));
  }

  /** Missing folders are created, but not below a file. */
  private static void requireFolders(Path path) {
    Path nearest = path.toAbsolutePath().getParent();
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest != null && Files.isRegularFile(nearest)) {
      throw new EnvironmentException(
          Problem.with("report", path)
              .expected("a folder '" + nearest + "'")
              .received("a file")
              .advice("Choose another name."));
    }
  }

  /** Writes the report, atomically. */
  public void write(Report report) {
    AtomicFile.write(path, form.text(report));
  }
}
