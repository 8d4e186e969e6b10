package org.kerastwin;

/**
 * The one form of an error message: {@code <what> '<where>': expected <x>, received <y>. <remedy>}.
 * Nothing that a file may say gets through to the terminal as it is.
 */
final class Message {
  /** All paths of a model and its optimizer fit. */
  private static final int LONGEST = 2000;

  private Message() {}

  static String of(String what, Object where, String expected, String received, String remedy) {
    String text =
        "%s '%s': expected %s, received %s."
            .formatted(what, plain(where), plain(expected), plain(received));
    return remedy.isEmpty() ? text : text + " " + remedy;
  }

  private static String plain(Object part) {
    return Excerpt.of(String.valueOf(part), LONGEST);
  }
}
