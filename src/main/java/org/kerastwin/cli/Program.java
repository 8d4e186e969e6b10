package org.kerastwin.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.cli.options.Converters;
import org.kerastwin.cli.options.Version;
import org.kerastwin.runtime.StandardError;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/**
 * The root of the command line: lists the commands, and turns failures into messages and exit
 * codes.
 */
@Command(
    name = "java -jar trainer.jar",
    description = "Trains the DCGAN of a Keras notebook on MNIST. The default command is train.",
    resourceBundle = "org.kerastwin.cli.options",
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.INHERIT,
    footer = {
      "",
      "'help COMMAND' shows the options of a command. For completion in bash and zsh:",
      "  alias trainer='java -jar /path/to/trainer.jar'",
      "  source <(trainer generate-completion)"
    },
    subcommands = {
      TrainCommand.class,
      GenerateCommand.class,
      ExportCommand.class,
      ConvertCommand.class,
      VerifyCommand.class,
      EvaluateCommand.class,
      SummaryCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    })
final class Program {
  /**
   * Commands that write files. Their output only reports that, so {@code --quiet} suppresses it.
   */
  private static final Set<String> FILE_WRITERS = Set.of("train", "generate", "export", "convert");

  /** Options that change what any command prints. */
  private static final Set<String> OPTIONS_OF_ALL =
      Set.of("-q", "--quiet", "-v", "--verbose", "--debug");

  private final PrintWriter out;
  private final PrintWriter err;
  private final BooleanSupplier terminal;

  @Option(names = "--debug", order = 100, scope = ScopeType.INHERIT)
  private boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      order = 98,
      scope = ScopeType.INHERIT)
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      order = 99,
      scope = ScopeType.INHERIT)
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // picocli prints the help.
  @Option(
      names = {"-h", "--help"},
      order = 101,
      usageHelp = true,
      scope = ScopeType.INHERIT)
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli prints the version.
  @Option(
      names = {"-V", "--version"},
      order = 102,
      versionHelp = true,
      scope = ScopeType.INHERIT)
  private boolean version;

  private CommandLine commands;
  private Interruption interruption;

  /** The program of this process, on its standard output and error. */
  Program() {
    // Evaluated only when progress is shown, since it loads a library.
    this(utf8(System.out), utf8(System.err), StandardError::isTerminal);
  }

  /** A program with other outputs, which are not a terminal. */
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
    commands = new CommandLine(this);
    commands.setOut(out);
    commands.setErr(err);
    // File names may begin with @; picocli would read arguments from such files.
    commands.setExpandAtFiles(false);
    Converters.register(commands);
    commands.setParameterExceptionHandler(Program::explain);
    commands.setExecutionStrategy(this::execute);
    commands.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
    int code = execute(withCommand(arguments));
    out.flush();
    if (interruption != null) {
      interruption.end(code);
    }
    return code;
  }

  /** Adds the default command if there is none. */
  static String[] withCommand(String... arguments) {
    return OPTIONS_OF_ALL.containsAll(List.of(arguments))
        ? Stream.concat(Stream.of(arguments), Stream.of("train")).toArray(String[]::new)
        : arguments;
  }

  /** Runs the command; with {@code --quiet}, without its messages. */
  private int execute(ParseResult parsed) {
    if (quiet && parsed.hasSubcommand()) {
      CommandLine command = parsed.subcommand().commandSpec().commandLine();
      command.setErr(nowhere());
      if (FILE_WRITERS.contains(command.getCommandName())) {
        command.setOut(nowhere());
      }
    }
    return new RunLast().execute(parsed);
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }

  private int execute(String... arguments) {
    try {
      return commands.execute(arguments);
    } catch (Throwable failure) {
      return report(failure);
    }
  }

  /**
   * Turns Ctrl-C into a request to stop; the process then waits until the command has ended.
   *
   * @param onRequest runs when the user presses Ctrl-C
   */
  Interruption interruption(Runnable onRequest) {
    interruption = new Interruption(onRequest);
    return interruption;
  }

  @Command(
      name = "help",
      description = "Shows the help of a command.",
      footer = {"", "Example:", "  java -jar trainer.jar help train"})
  void help(
      @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
          String name) {
    CommandLine command = name == null ? commands : commands.getSubcommands().get(name);
    if (command == null) {
      throw new UsageException(
          Problem.with("command", name)
              .expected("one of " + String.join(", ", commands.getSubcommands().keySet()))
              .received("an unknown one"));
    }
    command.usage(out);
  }

  @Command(
      name = "generate-completion",
      description = "Prints a completion script for bash and zsh.",
      footer = {
        "",
        "The script completes the name 'trainer':",
        "  alias trainer='java -jar /path/to/trainer.jar'",
        "  source <(trainer generate-completion)"
      })
  void generateCompletion() {
    out.print(AutoComplete.bash("trainer", commands));
  }

  /** Whether the user wants only errors. */
  boolean isQuiet() {
    return quiet;
  }

  /** Whether the user wants the details. */
  boolean isVerbose() {
    return verbose;
  }

  /** Whether progress is written to a terminal. */
  boolean isOnTerminal() {
    return terminal.getAsBoolean();
  }

  private static int explain(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(UsageMessage.of(failure));
    command
        .getErr()
        .printf("'%s --help' shows the options.%n", command.getCommandSpec().qualifiedName());
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
