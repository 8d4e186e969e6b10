package org.kerastwin.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fault to plant: a piece of text in one source file, and its replacement.
 *
 * @param name in a few words
 * @param file below {@code src/main/java/org/kerastwin}
 * @param text occurs in the file
 * @param replacement of its first occurrence
 * @param verify which networks {@code verify} compares: one, or {@code all}; and perhaps {@code
 *     --fast}
 * @param owner how the key of the first tensor that differs begins; empty if verify can't see it
 * @param tests the tests that should fail, the fastest first: classes below {@code org.kerastwin},
 *     or single methods such as {@code run.TrainerTest#name}
 */
record Fault(
    String name,
    String file,
    String text,
    String replacement,
    List<String> verify,
    Optional<String> owner,
    List<String> tests) {
  /** Changes nothing. */
  static final Fault NONE =
      new Fault(
          "none",
          "training/Losses.java",
          "package",
          "package",
          List.of(),
          Optional.empty(),
          List.of());

  /**
   * Reads a list of faults. Each begins with a line {@code fault NAME}; lines {@code file}, {@code
   * verify}, {@code owner} and {@code tests} follow, and the text and its replacement on lines that
   * begin with {@code -} and {@code +}. Lines that begin with {@code #} are comments.
   */
  static List<Fault> read(Path list) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (String block : Files.readString(list).split("(?m)^fault ", -1)) {
      if (!block.isBlank() && !block.startsWith("#")) {
        faults.add(parsed(block.lines().toList()));
      }
    }
    return faults;
  }

  private static Fault parsed(List<String> lines) {
    return new Fault(
        lines.get(0),
        joined(lines, "file "),
        joined(lines, "- "),
        joined(lines, "+ "),
        List.of(joined(lines, "verify ").split(" ")),
        Optional.of(joined(lines, "owner ")).filter(owner -> !owner.isEmpty()),
        List.of(joined(lines, "tests ").split(" ")).stream().filter(t -> !t.isEmpty()).toList());
  }

  private static String joined(List<String> lines, String mark) {
    return String.join(
        "\n",
        lines.stream()
            .filter(line -> line.startsWith(mark))
            .map(line -> line.substring(mark.length()))
            .toList());
  }

  /** The source with the fault. */
  String plantedIn(String source) {
    int at = source.indexOf(text);
    if (at < 0 || text.isEmpty()) {
      throw new IllegalStateException(
          "fault '%s': expected the text '%s' in %s, received another file"
              .formatted(name, text, file));
    }
    return source.substring(0, at) + replacement + source.substring(at + text.length());
  }
}
