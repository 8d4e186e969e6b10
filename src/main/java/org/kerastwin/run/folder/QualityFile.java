package org.kerastwin.run.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.IoFailure;
import org.kerastwin.report.RunPage;

/**
 * The quality figures in {@code quality.csv}: a header with {@code epoch} and the names of the
 * figures, then a row for each evaluated epoch.
 */
public final class QualityFile {
  private static final String EPOCH = "epoch";
  private static final String STEP = "step";

  private QualityFile() {}

  /**
   * Reads the figures; returns none if there is no file.
   *
   * @throws EnvironmentException if the file has another form
   */
  public static List<RunPage.Quality> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String[]> rows;
    try {
      rows = Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
    } catch (IOException unreadable) {
      throw IoFailure.of("quality", file, "a file that can be read", unreadable);
    }
    List<String> names = rows.isEmpty() ? List.of() : Arrays.asList(rows.get(0));
    List<RunPage.Quality> figures = new ArrayList<>();
    if (rows.size() > 1) {
      double[] epochs = column(file, rows, names.indexOf(EPOCH));
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).equals(EPOCH) && !names.get(i).equals(STEP)) {
          figures.add(new RunPage.Quality(names.get(i), epochs, floats(column(file, rows, i))));
        }
      }
    }
    return figures;
  }

  private static double[] column(Path file, List<String[]> rows, int index) {
    double[] values = new double[rows.size() - 1];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = Double.parseDouble(rows.get(i + 1)[index].replace("nan", "NaN"));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
        throw new EnvironmentException(
                Problem.with("quality", file)
                    .expected("a header with 'epoch' and rows of numbers")
                    .received("other text in row " + (i + 1)))
            .causedBy(malformed);
      }
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
