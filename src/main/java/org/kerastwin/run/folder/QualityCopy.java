package org.kerastwin.run.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;

/**
 * The content of {@code quality.csv} as the run wrote it, in an archive whose checksum shows
 * damage. The figures take minutes to measure, and those of earlier epochs can't be measured again.
 *
 * @param file {@code quality.csv}
 * @param copy the archive
 */
public record QualityCopy(Path file, Path copy) {
  private static final String ENTRY = "quality.csv";

  /** The copy of the run in a folder. */
  public static QualityCopy of(Path run) {
    return new QualityCopy(
        new RunFiles(run).quality(),
        new RunFiles(run).checkpoints().folder().resolve("quality.npz"));
  }

  /** Replaces the copy, then the file. */
  public void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Npz.write(
        copy, Map.of(ENTRY, NdArray.ofBytes(bytes, List.of(bytes.length))), Compression.STORED);
    AtomicFile.write(file, text);
  }

  /**
   * The first difference between the file and the copy. Empty for runs of earlier versions, which
   * have no copy.
   *
   * @throws EnvironmentException if one of them can't be read
   */
  Optional<Problem> difference() {
    // The file is read first, because a run that writes now writes the copy first.
    String found = found();
    return written().flatMap(written -> difference(written, found));
  }

  private Optional<Problem> difference(String written, String found) {
    // A run killed between the two writes has one more row in the copy.
    if (found.equals(written) || found.equals(withoutLastRow(written))) {
      return Optional.empty();
    }
    String[] expected = written.split("\n", -1);
    String[] received = found.split("\n", -1);
    int row = 0;
    while (row < Math.min(expected.length, received.length)
        && expected[row].equals(received[row])) {
      row++;
    }
    return Optional.of(
        Problem.with("quality", file)
            .expected("'%s' as it was measured".formatted(row(expected, row)))
            .received("'%s'".formatted(row(received, row))));
  }

  private static String row(String[] rows, int row) {
    return row < rows.length ? rows[row] : "no such row";
  }

  /** The text before the last row; empty if only the header is left. */
  private static String withoutLastRow(String text) {
    String rows = text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
    return rows.indexOf('\n') == rows.length() - 1 ? "" : rows;
  }

  private String found() {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException unreadable) {
      throw IoFailure.of("quality", file, "a file that can be read", unreadable);
    }
  }

  private Optional<String> written() {
    if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Optional.of(new String(Npz.read(copy, ENTRY).bytes(), StandardCharsets.UTF_8));
  }

  /**
   * Writes the file again if it was changed. A damaged copy is renamed; the next measurement makes
   * a new one.
   *
   * @param warnings receives a warning about what was changed or damaged
   */
  public void repair(Consumer<Problem> warnings) {
    Optional<String> written;
    try {
      written = written();
    } catch (EnvironmentException damage) {
      warnings.accept(damage.problem().advice("The run does not need it and renames it."));
      DamagedFiles.setAside(copy);
      return;
    }
    written.ifPresent(
        text -> {
          String found = found();
          difference(text, found)
              .ifPresent(
                  change -> warnings.accept(change.advice("The measured rows are written again.")));
          if (!found.equals(text)) {
            AtomicFile.write(file, text);
          }
        });
  }
}
