package org.kerastwin.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTML template with the simplest tags of <a href="https://mustache.github.io/">Mustache</a>:
 *
 * <pre>
 * {{name}}               a value, escaped
 * {{{name}}}             a value that is HTML already
 * {{#name}}...{{/name}}  once for each map of a list, or once if the value is not empty
 * {{^name}}...{{/name}}  once if the list or the value is empty
 * </pre>
 *
 * <p>Tags in a list's section see the entries of its map and of the maps around it. Sections of the
 * same name don't nest.
 */
public final class Template {
  private static final Pattern TAG =
      Pattern.compile("\\{\\{(?:\\{(\\w+)\\}|([#^]?)(\\w+))\\}\\}\n?");

  private final String text;

  /** Makes a template of this text. */
  public Template(String text) {
    this.text = text;
  }

  /** Reads a template from the package of a class. */
  public static Template of(Class<?> owner, String resource) {
    return new Template(read(owner, resource));
  }

  /** Reads a text resource from the package of a class. */
  static String read(Class<?> owner, String resource) {
    try (InputStream input = owner.getResourceAsStream(resource)) {
      if (input == null) {
        throw new IllegalStateException("no resource " + resource + " beside " + owner);
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("unreadable resource " + resource, e);
    }
  }

  /**
   * Fills the template.
   *
   * @param values strings, numbers, or lists of maps, by name
   * @throws IllegalArgumentException if the template has a tag without a value, or an open section
   */
  public String fill(Map<String, ?> values) {
    StringBuilder out = new StringBuilder();
    fill(text, values, out);
    return out.toString();
  }

  private static void fill(String text, Map<String, ?> values, StringBuilder out) {
    Matcher tag = TAG.matcher(text);
    int done = 0;
    while (tag.find(done)) {
      out.append(text, done, tag.start());
      done = tag.end();
      String lineEnd = tag.group().endsWith("\n") ? "\n" : "";
      if (tag.group(1) != null) {
        out.append(value(tag.group(1), values)).append(lineEnd);
      } else if (tag.group(2).isEmpty()) {
        out.append(escaped(String.valueOf(value(tag.group(3), values)))).append(lineEnd);
      } else {
        String end = "{{/" + tag.group(3) + "}}";
        int bodyEnd = text.indexOf(end, done);
        if (bodyEnd < 0) {
          throw new IllegalArgumentException("section without " + end);
        }
        section(
            tag.group(2), value(tag.group(3), values), text.substring(done, bodyEnd), values, out);
        done = bodyEnd + end.length();
        done += text.startsWith("\n", done) ? 1 : 0;
      }
    }
    out.append(text, done, text.length());
  }

  private static void section(
      String kind, Object value, String body, Map<String, ?> values, StringBuilder out) {
    boolean empty = value instanceof List<?> list ? list.isEmpty() : value.toString().isEmpty();
    if (kind.equals("^")) {
      fill(empty ? body : "", values, out);
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        Map<String, Object> inner = new HashMap<>(values);
        ((Map<?, ?>) item).forEach((name, entry) -> inner.put((String) name, entry));
        fill(body, inner, out);
      }
    } else {
      fill(empty ? "" : body, values, out);
    }
  }

  private static Object value(String name, Map<String, ?> values) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + name);
    }
    return value;
  }

  /** Escapes text for HTML, in elements and in attributes. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
