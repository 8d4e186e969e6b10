package org.kerastwin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  /** Escape, a reversal of the direction, a new line of Unicode's. */
  @Test
  void nothingRulesTheTerminal() {
    assertEquals("?[31mred?drawkcab?", Excerpt.of("\u001b[31mred\u202edrawkcab\u2028"));
    String message =
        new EnvironmentException("file", "a\u001bb", "c\nd", "e\u0085f", "Remedy.").getMessage();
    assertEquals("file 'a?b': expected c?d, received e?f. Remedy.", message);
  }

  @Test
  void namesAreAFew() {
    assertEquals("[a, b]", Excerpt.of(List.of("a", "b")));
    assertEquals(
        "[1, 2, 3, 4, 5] and 2 others", Excerpt.of(List.of("1", "2", "3", "4", "5", "6", "7")));
  }

  @Test
  void longTextsAreCut() {
    assertEquals("x".repeat(120) + "…", Excerpt.of("x".repeat(121)));
    String endless = "x".repeat(100_000);
    assertTrue(new UsageException("file", endless, endless, endless).getMessage().length() < 6100);
  }
}
