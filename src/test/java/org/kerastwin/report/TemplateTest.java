package org.kerastwin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {
  @Test
  void escapesValues() {
    assertEquals(
        "<p title=\"&lt;a href=&quot;x&quot;&gt; &amp;\">1</p>",
        new Template("<p title=\"{{text}}\">{{number}}</p>")
            .fill(Map.of("text", "<a href=\"x\"> &", "number", 1)));
  }

  @Test
  void keepsHtmlInTripleBraces() {
    assertEquals("<b>{{x}}</b>", new Template("{{{html}}}").fill(Map.of("html", "<b>{{x}}</b>")));
  }

  @Test
  void repeatsSectionsForEachMapOfAList() {
    List<Map<String, Object>> items = List.of(Map.of("name", "a"), Map.of("name", "b"));
    assertEquals(
        "1a 1b ",
        new Template("{{#items}}{{n}}{{name}} {{/items}}").fill(Map.of("items", items, "n", 1)));
  }

  @Test
  void innerValuesHideOuterOnes() {
    List<Map<String, Object>> items = List.of(Map.of("name", "inner"));
    assertEquals(
        "inner outer",
        new Template("{{#items}}{{name}}{{/items}} {{name}}")
            .fill(Map.of("items", items, "name", "outer")));
  }

  @Test
  void showsSectionsOfValuesOnlyWhereTheyAreNotEmpty() {
    Template template = new Template("{{#x}}has {{x}}{{/x}}{{^x}}none{{/x}}");
    assertEquals("has 7", template.fill(Map.of("x", "7")));
    assertEquals("none", template.fill(Map.of("x", "")));
    assertEquals("none", template.fill(Map.of("x", List.of())));
  }

  @Test
  void tagsOfSectionsLeaveNoEmptyLines() {
    List<Map<String, Object>> items = List.of(Map.of("n", 1), Map.of("n", 2));
    assertEquals(
        "<ul>\n<li>1</li>\n<li>2</li>\n</ul>\n",
        new Template("<ul>\n{{#items}}\n<li>{{n}}</li>\n{{/items}}\n</ul>\n")
            .fill(Map.of("items", items)));
  }

  @Test
  void rejectsTagsWithoutValuesAndOpenSections() {
    assertThrows(IllegalArgumentException.class, () -> new Template("{{x}}").fill(Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new Template("{{#x}}").fill(Map.of("x", "1")));
  }
}
