package org.kerastwin.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Turns picocli's errors into the project's form of message. */
final class UsageMessage {
  /** More edits would make another word. */
  private static final int MOST_EDITS = 2;

  private UsageMessage() {}

  static String of(ParameterException failure) {
    List<String> unknown = failure.getCommandLine().getUnmatchedArguments();
    if (!unknown.isEmpty()) {
      return unknown(failure.getCommandLine(), unknown.get(0));
    }
    if (failure instanceof MissingParameterException missing) {
      ArgSpec first = missing.getMissing().get(0);
      return message(first, values(first), missing(first));
    }
    if (failure instanceof OverwrittenOptionException repeated) {
      return message(repeated.getOverwritten(), "it once", "it again");
    }
    if (failure instanceof MutuallyExclusiveArgsException) {
      // The only such group is --fast | --exact.
      return "options '--fast' and '--exact': expected at most one of them, received both.";
    }
    ArgSpec argument = failure.getArgSpec();
    if (argument == null) {
      return "command line: expected options and values, received %s."
          .formatted(failure.getMessage());
    }
    return message(argument, expected(failure, argument), "'" + failure.getValue() + "'");
  }

  private static String message(ArgSpec argument, String expected, String received) {
    return "%s '%s': expected %s, received %s."
        .formatted(
            argument.isOption() ? "option" : "argument",
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel(),
            expected,
            received);
  }

  private static String expected(ParameterException failure, ArgSpec argument) {
    boolean takesNone = argument.arity().max() == 0;
    if (takesNone) {
      return "no value";
    }
    return failure.getCause() instanceof TypeConversionException range
        ? range.getMessage()
        : values(argument);
  }

  private static String values(ArgSpec argument) {
    int least = argument.arity().min();
    return least > 1
        ? "%d values %s".formatted(least, argument.paramLabel())
        : "a value " + argument.paramLabel();
  }

  private static String missing(ArgSpec argument) {
    return argument.arity().min() > 1 ? "fewer" : "nothing";
  }

  private static String unknown(CommandLine command, String argument) {
    String name = argument.replaceFirst("=.*", "");
    boolean isOption = name.startsWith("-");
    if (command.getParent() != null) {
      return isOption
          ? "option '%s': expected an option of '%s', received an unknown one.%s"
              .formatted(name, command.getCommandName(), suggestion(options(command), name))
          : "argument '%s': expected options, received a value without one.%s"
              .formatted(argument, optionOf(command, argument));
    }
    return isOption
        ? "option '%s': expected a command before it, received none.%s"
            .formatted(name, owner(command, name))
        : "command '%s': expected a command, received an unknown one.%s"
            .formatted(argument, suggestion(command.getSubcommands().keySet(), argument));
  }

  private static Set<String> options(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet();
  }

  /** Suggests the option that a stray value most likely belongs to. */
  private static String optionOf(CommandLine command, String value) {
    Stream<String> names =
        value.matches("\\d+")
            ? Stream.of("--count", "--epochs")
            : value.matches(".*\\.(png|npy)") ? Stream.of("--output") : Stream.of("--model");
    return names
        .filter(options(command)::contains)
        .findFirst()
        .map(name -> " Values follow the name of their option: '%s %s'.".formatted(name, value))
        .orElse("");
  }

  /** The first command that has the option. */
  private static String owner(CommandLine program, String option) {
    String name = "--" + option.replaceFirst("^-+", "");
    return program.getSubcommands().values().stream()
        .filter(command -> options(command).contains(name))
        .findFirst()
        .map(command -> " '%s' has %s.".formatted(command.getCommandName(), name))
        .orElse("");
  }

  /** Suggests a name: the same with two dashes, by initials, by prefix, or a typo. */
  private static String suggestion(Collection<String> names, String given) {
    String word = given.replaceFirst("^-+", "");
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(word, name.replaceFirst("^-+", ""))))
        .filter(name -> distance(word, name.replaceFirst("^-+", "")) <= MOST_EDITS)
        .map(" Did you mean '%s'?"::formatted)
        .orElse("");
  }

  private static int distance(String word, String name) {
    boolean isAbbreviation =
        name.replaceAll("(\\w)\\w*-?", "$1").equals(word)
            || (word.length() > 2 && name.startsWith(word));
    return word.equals(name) ? 0 : isAbbreviation ? 1 : edits(word, name);
  }

  /** Levenshtein's distance; picocli's own measure considers 'generate' similar to 'nonsense'. */
  private static int edits(String from, String to) {
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
