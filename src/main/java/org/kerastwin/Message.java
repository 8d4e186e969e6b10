package org.kerastwin;

/**
 * The one form of an error message: {@code <what> '<where>': expected <x>, received <y>. <remedy>}.
 */
final class Message {
  private Message() {}

  static String of(String what, Object where, String expected, String received, String remedy) {
    String text = "%s '%s': expected %s, received %s.".formatted(what, where, expected, received);
    return remedy.isEmpty() ? text : text + " " + remedy;
  }
}
