package org.kerastwin.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.kerastwin.UsageException;
import org.kerastwin.cli.options.PathConverter;
import org.kerastwin.cli.options.Version;
import org.kerastwin.runtime.StandardError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

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
      ConvertCommand.class,
      VerifyCommand.class,
      SummaryCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    })
final class Program implements Runnable {
  private final PrintWriter out;
  private final PrintWriter err;
  private final BooleanSupplier terminal;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  private Interruption interruption;

  /** The program of this process, on its standard output and error. */
  Program() {
    // Asked only when progress is shown: the answer costs the loading of a library.
    this(utf8(System.out), utf8(System.err), StandardError::isTerminal);
  }

  /** A program that writes elsewhere, where no person watches the progress. */
  Program(PrintWriter out, PrintWriter err) {
    this(out, err, () -> false);
  }

  private Program(PrintWriter out, PrintWriter err, BooleanSupplier terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs a command line and returns its exit code. */
  int run(String... arguments) {
    CommandLine commands = new CommandLine(this);
    commands.setOut(out);
    commands.setErr(err);
    // A name that begins with @ is a name, not a file of arguments.
    commands.setExpandAtFiles(false);
    commands.registerConverter(Path.class, new PathConverter());
    commands.setParameterExceptionHandler(Program::explain);
    commands.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
    int code = execute(commands, arguments.length == 0 ? new String[] {"train"} : arguments);
    if (interruption != null) {
      interruption.end(code);
    }
    return code;
  }

  private int execute(CommandLine commands, String... arguments) {
    try {
      return commands.execute(arguments);
    } catch (Throwable failure) {
      return report(failure);
    }
  }

  /**
   * Has Ctrl-C ask the command to end until it has: the process waits for its messages and its
   * code.
   *
   * @param told is run when the user asks
   */
  Interruption interruption(Runnable told) {
    interruption = new Interruption(told);
    return interruption;
  }

  /** Options without a command. */
  @Override
  public void run() {
    throw new UsageException(
        "option", "--debug", "a command beside it", "it alone", "'trainer --help' lists them.");
  }

  /** Whether a person sees the progress as it is written. */
  boolean isOnTerminal() {
    return terminal.getAsBoolean();
  }

  private static int explain(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(UsageMessage.of(failure));
    command.getErr().printf("'%s --help' tells more.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  private int report(Throwable failure) {
    err.println(FailureMessage.of(failure));
    if (debug) {
      failure.printStackTrace(err);
    }
    return ExitCode.of(failure);
  }
}
