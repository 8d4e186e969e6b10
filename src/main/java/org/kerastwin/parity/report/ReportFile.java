package org.kerastwin.parity.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.FileName;
import org.kerastwin.parity.compare.Report;

/**
 * A file for a report, in the form that the name's ending says.
 *
 * @param path the file
 * @param form what is written
 */
public record ReportFile(Path path, Form form) {
  /** What can be written. */
  public enum Form {
    /** Every measure of every tensor. */
    JSON {
      @Override
      String write(Report report) {
        return JsonReport.of(report);
      }
    },
    /** JUnit's form, for servers that build: a test case a tensor. */
    XML {
      @Override
      String write(Report report) {
        return JUnitReport.of(report);
      }
    },
    /** A page for a browser. */
    HTML {
      @Override
      String write(Report report) {
        return HtmlReport.of(report);
      }
    };

    abstract String write(Report report);

    private String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The file of that name.
   *
   * @throws UsageException if its ending is no form
   * @throws EnvironmentException if there is a folder of that name, or a file in its place of one
   */
  public static ReportFile of(Path path) {
    if (Files.isDirectory(path)) {
      throw new EnvironmentException("report", path, "a file", "a folder");
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
                    "report",
                    path,
                    Arrays.stream(Form.values())
                        .map(Form::ending)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    "another ending"));
  }

  /** Folders that are missing will be made; a file can't hold one. */
  private static void requireFolders(Path path) {
    Path nearest = path.toAbsolutePath().getParent();
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest != null && Files.isRegularFile(nearest)) {
      throw new EnvironmentException(
          "report", path, "a folder '" + nearest + "'", "a file", "Choose another name.");
    }
  }

  /** Writes the report, atomically. */
  public void write(Report report) {
    AtomicFile.write(path, form.write(report));
  }
}
