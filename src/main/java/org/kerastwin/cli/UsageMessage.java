package org.kerastwin.cli;

import org.kerastwin.UsageException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words picocli's findings in the project's one form of message. */
final class UsageMessage {
  private UsageMessage() {}

  static String of(ParameterException failure) {
    if (failure.getCause() instanceof UsageException usage) {
      return usage.getMessage();
    }
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return "%s '%s': expected %s, received an unknown one."
          .formatted(
              first.startsWith("-") ? "option" : "argument",
              first,
              first.startsWith("-")
                  ? "an option of '" + command + "'"
                  : "a command or an argument of '" + command + "'");
    }
    if (failure instanceof MissingParameterException missing) {
      ArgSpec first = missing.getMissing().get(0);
      return "%s '%s': expected %s, received nothing."
          .formatted(what(first), name(first), label(first));
    }
    ArgSpec argument = failure.getArgSpec();
    if (argument != null && failure.getCause() instanceof TypeConversionException expected) {
      return "%s '%s': expected %s, received %s."
          .formatted(what(argument), name(argument), expected.getMessage(), failure.getValue());
    }
    return failure.getMessage();
  }

  private static String what(ArgSpec argument) {
    return argument.isOption() ? "option" : "argument";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String label(ArgSpec argument) {
    return argument.isOption() ? "a value " + argument.paramLabel() : "it";
  }
}
