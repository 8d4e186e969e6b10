package org.kerastwin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  /** An escape, a change of the writing direction, a Unicode line separator. */
  @Test
  void controlCharactersDoNotReachTheTerminal() {
    assertEquals("?[31mred?drawkcab?", Excerpt.of("\u001b[31mred\u202edrawkcab\u2028"));
    String message =
        Problem.with("file", "a\u001bb")
            .expected("c\nd")
            .received("e\u0085f")
            .advice("Remedy.")
            .toString();
    assertEquals("file 'a?b': expected c?d, received e?f. Remedy.", message);
  }

  @Test
  void listsTheFirstNamesOnly() {
    assertEquals("[a, b]", Excerpt.of(List.of("a", "b")));
    assertEquals(
        "[1, 2, 3, 4, 5] and 2 others", Excerpt.of(List.of("1", "2", "3", "4", "5", "6", "7")));
  }

  @Test
  void cutsLongTexts() {
    assertEquals("x".repeat(120) + "…", Excerpt.of("x".repeat(121)));
    String endless = "x".repeat(100_000);
    assertTrue(
        Problem.with("file", endless).expected(endless).received(endless).toString().length()
            < 6100);
  }
}
