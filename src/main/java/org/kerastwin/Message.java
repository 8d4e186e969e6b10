package org.kerastwin;

/**
 * The one form of an error message, and of a warning: {@code <what> '<where>': expected <x>,
 * received <y>. <remedy>}. Nothing that a file may say gets through to the terminal as it is.
 */
public final class Message {
  /** All paths of a model and its optimizer fit. */
  private static final int LONGEST = 2000;

  private Message() {}

  /**
   * The message.
   *
   * @param what the kind of thing, such as "data set"
   * @param where which one: a path or a name
   * @param expected what was needed
   * @param received what was there
   * @param remedy what the user can do, a full sentence; may be empty
   */
  public static String of(
      String what, Object where, String expected, String received, String remedy) {
    String text =
        "%s '%s': expected %s, received %s."
            .formatted(what, plain(where), plain(expected), plain(received));
    return remedy.isEmpty() ? text : text + " " + remedy;
  }

  private static String plain(Object part) {
    return Excerpt.of(String.valueOf(part), LONGEST);
  }
}
