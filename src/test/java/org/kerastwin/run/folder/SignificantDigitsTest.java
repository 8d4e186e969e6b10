package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.kerastwin.testing.KerasFixtures;

/** Python's {@code '%.9g'}, which is C's, for special, tiny, huge, halfway and random values. */
class SignificantDigitsTest {
  private static final Locale ARABIC_DIGITS = Locale.forLanguageTag("ar-EG-u-nu-arab");

  @Test
  void writesValuesAsC() {
    assertAllEqual();
  }

  @Test
  void ignoresTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(ARABIC_DIGITS);
    try {
      assertAllEqual();
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void assertAllEqual() {
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (JsonNode number : KerasFixtures.names().get("digits")) {
      String value = number.get("value").asText();
      expected.add(value + " = " + number.get("text").asText());
      found.add(value + " = " + SignificantDigits.format(parse(value)));
    }
    assertEquals(expected, found);
  }

  /** A double as Python's {@code float.hex()} writes it. */
  private static double parse(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
