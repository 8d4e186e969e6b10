package org.kerastwin.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's root: its commands, and how failures become messages and exit codes. */
@Command(
    name = "trainer",
    description = "Trains a DCGAN on MNIST as a Keras notebook does. Without a command: train.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      GenerateCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      SummaryCommand.class,
      DoctorCommand.class
    })
final class Program implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  /** Runs a command line and returns its exit code. */
  int run(String... arguments) {
    CommandLine commands = new CommandLine(this);
    commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(Program::explain);
    commands.setExecutionExceptionHandler((failure, command, parsed) -> report(command, failure));
    return commands.execute(arguments.length == 0 ? new String[] {"train"} : arguments);
  }

  /** Options without a command. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "command line: expected a command, received options alone.");
  }

  private static int explain(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(UsageMessage.of(failure));
    command.getErr().printf("'%s --help' tells more.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  private int report(CommandLine command, Exception failure) {
    PrintWriter err = command.getErr();
    err.println(
        ExitCode.isExpected(failure)
            ? failure.getMessage()
            : "program: unexpected %s. --debug shows where.".formatted(failure));
    if (debug) {
      failure.printStackTrace(err);
    }
    return ExitCode.of(failure);
  }
}
