package org.kerastwin.report;

import java.util.Map;

/**
 * A self-contained HTML page: a frame and a style that all pages share, for light and dark
 * displays, telephones and print, and the content and style of one kind of page.
 */
public final class PageTemplate {
  private static final Template FRAME = Template.of(PageTemplate.class, "page.html");
  private static final String SHARED_STYLE = Template.read(PageTemplate.class, "page.css");

  private final Template content;
  private final String style;

  private PageTemplate(Template content, String style) {
    this.content = content;
    this.style = style;
  }

  /**
   * Reads a kind of page.
   *
   * @param owner a class in the package of the resources {@code name.html}, a {@link Template}, and
   *     {@code name.css}
   */
  public static PageTemplate of(Class<?> owner, String name) {
    return new PageTemplate(
        Template.of(owner, name + ".html"), SHARED_STYLE + Template.read(owner, name + ".css"));
  }

  /**
   * The page.
   *
   * @param title for the browser's window
   * @param values of the tags in {@code name.html}, as in {@link Template#fill}
   */
  public String fill(String title, Map<String, ?> values) {
    return FRAME.fill(Map.of("title", title, "style", style, "body", content.fill(values)));
  }
}
