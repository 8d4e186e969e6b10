package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.io.Sha256;

/** The cards of the generators in {@code saved_models}. */
class PublishedGeneratorsTest {
  private static final Path FOLDER = Path.of("saved_models");
  private static final Pattern CHECKSUM = Pattern.compile("\\| `([^`]+)` \\| `([0-9a-f]{64})` \\|");
  private static final Pattern SCORE = Pattern.compile("\\| classifier score \\| ([0-9.]+) ");
  private static final Pattern CONFIDENT = Pattern.compile("p >= 0.9 \\| ([0-9.]+)% ");

  /** Half of the last digit in the cards. */
  private static final double SCORE_ROUNDING = 0.0051;

  private static final double PERCENT_ROUNDING = 0.051;

  static List<Path> generators() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void everyGeneratorHasItsFigures() throws IOException {
    Set<String> expected =
        generators().stream()
            .map(folder -> folder.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("real test images");
    assertEquals(expected, new TreeSet<>(Evaluator.known().keySet()));
  }

  @ParameterizedTest
  @MethodSource("generators")
  void cardsNameTheChecksumsOfTheFiles(Path folder) throws IOException {
    List<MatchResult> rows = CHECKSUM.matcher(card(folder)).results().toList();
    assertEquals(3, rows.size());
    for (MatchResult row : rows) {
      assertEquals(Sha256.of(folder.resolve(row.group(1))), row.group(2), row.group(1));
    }
  }

  @ParameterizedTest
  @MethodSource("generators")
  void cardsNameTheFiguresOfTheProgram(Path folder) throws IOException {
    Recognition known = Evaluator.known().get(folder.getFileName().toString()).recognition();
    String card = card(folder);
    assertEquals(known.score().value(), number(SCORE, card), SCORE_ROUNDING);
    assertEquals(100 * known.confidentShare(), number(CONFIDENT, card), PERCENT_ROUNDING);
  }

  private static String card(Path folder) throws IOException {
    return Files.readString(folder.resolve("README.md"));
  }

  private static double number(Pattern pattern, String card) {
    var found = pattern.matcher(card);
    assertTrue(found.find(), pattern.pattern());
    return Double.parseDouble(found.group(1));
  }
}
