package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Resuming and verify notice well-formed changes to the text files of a run. */
class ChangedRunTest {
  @TempDir static Path folder;
  private static CommandFolder work;

  /** Two epochs of two steps. */
  @BeforeAll
  static void train() {
    work = new CommandFolder(folder);
    Invocation trained = work.train("whole", "--epochs", "2", "--seed", "3");
    assertEquals(ExitCode.DONE, trained.code(), trained.err());
  }

  private static Path run() {
    return work.path("run");
  }

  @AfterEach
  void delete() throws IOException {
    try (Stream<Path> all = Files.walk(run())) {
      for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Invocation resume() {
    return Invocation.of("train", "--resume", "--output", run().toString());
  }

  private static Invocation verify() {
    return Invocation.of("verify", "--model", run().toString());
  }

  /** Changes of the lines of the history; line 0 is its header. */
  private enum Change {
    A_NUMBER,
    THE_LAST_DIGIT_OF_A_NUMBER,
    ROWS_SWAPPED,
    ROW_DELETED,
    LAST_ROW_DELETED,
    ROW_ADDED,
    ROW_REPEATED,
    SPACE,
    SPACE_AT_THE_END,
    EMPTY_LINE,
    OTHER_LINE_ENDS,
    OTHER_HEADER;

    List<String> of(List<String> lines) {
      return switch (this) {
        case A_NUMBER -> set(lines, 2, lines.get(2) + "1");
        case THE_LAST_DIGIT_OF_A_NUMBER -> set(lines, 2, another(lines.get(2)));
        case ROWS_SWAPPED -> set(set(lines, 2, lines.get(3)), 3, lines.get(2));
        case ROW_DELETED -> removed(lines, 2);
        case LAST_ROW_DELETED -> removed(lines, 4);
        case ROW_ADDED -> set(lines, 4, lines.get(4) + "\n5,3,0.5,0.5,0.5");
        case ROW_REPEATED -> set(lines, 4, lines.get(4) + "\n" + lines.get(4));
        case SPACE -> set(lines, 2, lines.get(2).replace(",", ", "));
        case SPACE_AT_THE_END -> set(lines, 2, lines.get(2) + " ");
        case EMPTY_LINE -> set(lines, 2, lines.get(2) + "\n");
        case OTHER_LINE_ENDS -> lines.stream().map(line -> line + "\r").toList();
        case OTHER_HEADER -> set(lines, 0, lines.get(0).toUpperCase(Locale.ROOT));
      };
    }

    private static List<String> set(List<String> lines, int line, String text) {
      List<String> changed = new ArrayList<>(lines);
      changed.set(line, text);
      return changed;
    }

    private static List<String> removed(List<String> lines, int line) {
      List<String> changed = new ArrayList<>(lines);
      changed.remove(line);
      return changed;
    }

    /** Nine digits are more than a float32 has, so this may be the same number. */
    private static String another(String row) {
      char last = row.charAt(row.length() - 1);
      return row.substring(0, row.length() - 1) + (last == '9' ? '8' : (char) (last + 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noticesEveryChangeOfTheHistory(Change change) throws IOException {
    work.copy("whole", "run");
    Path history = run().resolve("history.csv");
    String whole = Files.readString(history);
    List<String> changed = change.of(whole.lines().toList());
    Files.writeString(history, String.join("\n", changed) + "\n");
    assertNotEquals(whole, Files.readString(history));
    Invocation verified = verify();
    assertNotEquals(ExitCode.DONE, verified.code(), verified.out());
    String said = verified.out() + verified.err();
    assertTrue(said.contains("history.csv"), said);
    Invocation resumed = resume();
    assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains(history.toString()), resumed.err());
    assertEquals(whole, Files.readString(history));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"learning_rate\" : 2.0E-4', '\"learning_rate\" : 3.0E-4', learning_rate 2.0E-4",
    "'\"seed\" : 3', '\"seed\" : 4', seed 3",
    "'\"upsampling\"', '\"transposed\"', variant \"upsampling\"",
    "'\"ema\" : 0.0', '\"ema\" : 0.5', ema 0.0",
    "'\"sha256\" : \"', '\"sha256\" : \"0', dataset/sha256"
  })
  void refusesOtherSettings(String text, String replacement, String named) throws IOException {
    work.copy("whole", "run");
    work.edit("run/config.json", text, replacement);
    for (Invocation refused : List.of(verify(), resume())) {
      assertEquals(ExitCode.ENVIRONMENT, refused.code(), refused.err());
      assertTrue(refused.err().contains("config.json"), refused.err());
      assertTrue(refused.err().contains(named), refused.err());
    }
    Files.delete(run().resolve("config.json"));
    assertEquals(ExitCode.DONE, resume().code());
    assertEquals(
        Files.readString(work.path("whole/config.json")),
        Files.readString(run().resolve("config.json")));
  }

  @Test
  void namesAHarmlessChange() throws IOException {
    work.copy("whole", "run");
    work.edit("run/config.json", "\"save_every\" : 10", "\"save_every\" : 1");
    for (Invocation warned : List.of(verify(), resume())) {
      assertEquals(ExitCode.DONE, warned.code(), warned.err());
      assertTrue(warned.err().contains("expected save_every 10"), warned.err());
    }
  }
}
