package org.kerastwin.cli;

import java.util.Optional;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.ProblemException;
import org.kerastwin.runtime.PlatformProblem;

/** Explains in one line why a command failed. */
final class FailureMessage {
  private FailureMessage() {}

  static String of(Throwable failure) {
    return oneLine(
        problem(failure)
            .map(FailureMessage::text)
            .orElseGet(
                () ->
                    "internal error: %s. Please report it; --debug shows where."
                        .formatted(
                            Excerpt.of(oneLine(failure.toString())).replaceFirst("\\.$", ""))));
  }

  private static Optional<Problem> problem(Throwable failure) {
    return failure instanceof ProblemException known
        ? Optional.of(known.problem())
        : PlatformProblem.of(failure);
  }

  /** The message of a problem, with its remedy in terms of options. */
  static String text(Problem problem) {
    return problem
        .remedy()
        .map(known -> problem + " " + Remedies.words(known))
        .orElseGet(problem::toString);
  }

  /** Native messages have many lines; the first says what happened. */
  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
