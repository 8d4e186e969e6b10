package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.testing.KerasFixtures;

/** The tables are those that Keras printed for {@code tools/notebook.py --summaries}. */
class SummaryTest {
  private static final int NOISE_DIM = 100;

  @ParameterizedTest
  @EnumSource(Variant.class)
  void generatorTablesEqualKeras(Variant variant) {
    assertTable("summary-" + variant + ".txt", Dcgan.generator(variant, NOISE_DIM));
  }

  @Test
  void discriminatorTableEqualsKeras() {
    assertTable("summary-discriminator.txt", Dcgan.discriminator());
  }

  /** The fixtures have no blanks at the ends of lines. */
  private static void assertTable(String fixture, Sequential model) {
    String table =
        Summary.of(model).lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    assertEquals(KerasFixtures.text(fixture), table + "\n");
  }
}
