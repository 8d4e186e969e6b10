package org.kerastwin;

import java.util.Optional;

/**
 * A problem to report. All messages have the form {@code <what> '<where>': expected <x>, received
 * <y>. <remedy>}. Control characters from files never reach the terminal.
 */
public final class Problem {
  /** Enough for the names of all variables of a model and its optimizer. */
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
   * @param where its path or name
   */
  public static Problem with(String what, Object where) {
    return new Problem(what, plain(where), "", "", "", Optional.empty());
  }

  /** Adds the requirement, such as "a file that ends in .npy". */
  public Problem expected(String needed) {
    return new Problem(what, where, plain(needed), received, advice, remedy);
  }

  /** Adds what was found instead. */
  public Problem received(Object found) {
    return new Problem(what, where, expected, plain(found), advice, remedy);
  }

  /** Adds advice for the user, a full sentence that names no option of the command line. */
  public Problem advice(String sentence) {
    return new Problem(what, where, expected, received, sentence, remedy);
  }

  /** Adds a remedy that the command line words with its options. */
  public Problem remedy(Remedy known) {
    return new Problem(what, where, expected, received, advice, Optional.of(known));
  }

  /** The remedy, if there is one. */
  public Optional<Remedy> remedy() {
    return remedy;
  }

  /** The message without the remedy. */
  @Override
  public String toString() {
    String text = "%s '%s': expected %s, received %s.".formatted(what, where, expected, received);
    return advice.isEmpty() ? text : text + " " + advice;
  }

  private static String plain(Object part) {
    return Excerpt.of(String.valueOf(part), MAX_LENGTH);
  }
}
