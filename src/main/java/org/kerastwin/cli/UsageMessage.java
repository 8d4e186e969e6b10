package org.kerastwin.cli;

import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words picocli's findings in the project's one form of message. */
final class UsageMessage {
  /** More would be another word. */
  private static final int MOST_EDITS = 2;

  private UsageMessage() {}

  static String of(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched, unmatched.getUnmatched().get(0));
    }
    if (failure instanceof MissingParameterException missing) {
      ArgSpec first = missing.getMissing().get(0);
      return message(first, values(first), missing(first));
    }
    if (failure instanceof OverwrittenOptionException repeated) {
      return message(repeated.getOverwritten(), "it once", "it again");
    }
    if (failure instanceof MutuallyExclusiveArgsException) {
      // The one such group is --fast | --exact.
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

  private static String unknown(UnmatchedArgumentException failure, String argument) {
    CommandLine command = failure.getCommandLine();
    String name = argument.replaceFirst("=.*", "");
    boolean option = name.startsWith("-");
    String expected;
    if (option) {
      expected =
          command.getParent() == null
              ? "--debug, --help, --version or a command"
              : "an option of '%s'".formatted(command.getCommandName());
    } else if (command.getSubcommands().isEmpty()) {
      expected = "options alone";
    } else {
      expected = "a command";
    }
    return "%s '%s': expected %s, received %s.%s"
        .formatted(
            option ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command",
            name,
            expected,
            option || !command.getSubcommands().isEmpty() ? "an unknown one" : "a further argument",
            hint(failure, command, name));
  }

  /** Which command has that option, or what may have been meant. */
  private static String hint(
      UnmatchedArgumentException failure, CommandLine command, String argument) {
    for (CommandLine child : command.getSubcommands().values()) {
      if (child.getCommandSpec().findOption(argument) != null) {
        return " '%s' has it.".formatted(child.getCommandName());
      }
    }
    return failure.getSuggestions().stream()
        .filter(similar -> edits(argument, similar) <= MOST_EDITS)
        .findFirst()
        .map(" Did you mean '%s'?"::formatted)
        .orElse("");
  }

  /** Levenshtein's distance; picocli's own measure finds 'generate' like 'nonsense'. */
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
