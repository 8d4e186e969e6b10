package org.kerastwin;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Texts of files as a message can hold them: whoever made a file may have made its names to fill a
 * screen, or to rule the terminal.
 */
public final class Excerpt {
  /** So many names are a help; more would hide the message. */
  private static final int NAMES = 5;

  private static final int LETTERS = 120;

  private Excerpt() {}

  /** One text, without what a terminal obeys and at most 120 characters long. */
  public static String of(String text) {
    return of(text, LETTERS);
  }

  /** The first names, each as an excerpt, and how many others there are. */
  public static String of(Collection<String> names) {
    int others = names.size() - NAMES;
    String first =
        names.stream().limit(NAMES).map(Excerpt::of).collect(Collectors.joining(", ", "[", "]"));
    return others > 0 ? "%s and %d others".formatted(first, others) : first;
  }

  /**
   * One text, without what a terminal obeys: control and format characters, separators of lines.
   */
  static String of(String text, int longest) {
    String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    return plain.length() <= longest ? plain : plain.substring(0, longest) + "…";
  }
}
