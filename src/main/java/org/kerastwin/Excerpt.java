package org.kerastwin;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Shortens texts from files for messages: names in a hostile file could fill the screen or control
 * the terminal.
 */
public final class Excerpt {
  /** More names would hide the message. */
  private static final int MAX_NAMES = 5;

  private static final int MAX_LENGTH = 120;

  private Excerpt() {}

  /** A text without control characters, cut to 120 characters. */
  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /** The first names, each as an excerpt, and the number of others. */
  public static String of(Collection<String> names) {
    int others = names.size() - MAX_NAMES;
    String first =
        names.stream()
            .limit(MAX_NAMES)
            .map(Excerpt::of)
            .collect(Collectors.joining(", ", "[", "]"));
    return others > 0 ? "%s and %d others".formatted(first, others) : first;
  }

  /** A text without control and format characters and line separators, cut to a length. */
  static String of(String text, int maxLength) {
    String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    return plain.length() <= maxLength ? plain : plain.substring(0, maxLength) + "…";
  }
}
