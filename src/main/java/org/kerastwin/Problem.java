package org.kerastwin;

import java.util.Optional;

/**
 * What is wrong with something, in the one form of all messages: {@code <what> '<where>': expected
 * <x>, received <y>. <remedy>}. Control characters from files never reach the terminal.
 */
public final class Problem {
  /** Long enough for the names of all variables of a model and its optimizer. */
  private static final int MAX_LENGTH = 2000;

  private final String what;
  private final String where;
  private final String expected;
  private final String received;
  private final String advice;
  private final Optional<Remedy> remedy;

  private Problem(
      String what,
      String where,
      String expected,
      String received,
      String advice,
      Optional<Remedy> remedy) {
    this.what = what;
    this.where = where;
    this.expected = expected;
    this.received = received;
    this.advice = advice;
    this.remedy = remedy;
  }

  /**
   * Begins the description of a problem.
   *
   * @param what the kind of thing, such as "data set"
   * @param where which one: a path or a name
   */
  public static Problem with(String what, Object where) {
    return new Problem(what, plain(where), "", "", "", Optional.empty());
  }

  /** What was needed, such as "a file that ends in .npy". */
  public Problem expected(String needed) {
    return new Problem(what, where, plain(needed), received, advice, remedy);
  }

  /** What was there instead. */
  public Problem received(Object found) {
    return new Problem(what, where, expected, plain(found), advice, remedy);
  }

  /** What the user can do, as a full sentence that names no option of the command line. */
  public Problem advice(String sentence) {
    return new Problem(what, where, expected, received, sentence, remedy);
  }

  /** What the user can do where the command line knows the words for it. */
  public Problem remedy(Remedy known) {
    return new Problem(what, where, expected, received, advice, Optional.of(known));
  }

  /** The remedy that the command line has words for, if there is one. */
  public Optional<Remedy> remedy() {
    return remedy;
  }

  /** The message without the words of the command line. */
  @Override
  public String toString() {
    String text = "%s '%s': expected %s, received %s.".formatted(what, where, expected, received);
    return advice.isEmpty() ? text : text + " " + advice;
  }

  private static String plain(Object part) {
    return Excerpt.of(String.valueOf(part), MAX_LENGTH);
  }
}
