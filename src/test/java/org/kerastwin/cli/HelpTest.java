package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.cli.options.Converters;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Tests the help texts. */
class HelpTest {
  private static final String PROGRAM = "java -jar trainer.jar ";

  private static CommandLine program() {
    return Converters.register(new CommandLine(new Program(null, null)));
  }

  static Set<String> commands() {
    return program().getSubcommands().keySet();
  }

  @Test
  void listsTheCommands() {
    Invocation help = Invocation.of("--help");
    assertTrue(help.out().startsWith("Usage: " + PROGRAM + "[OPTIONS] COMMAND"), help.out());
    commands().forEach(name -> assertTrue(help.out().contains("\n  " + name + " "), name));
    assertEquals(help, Invocation.of("help"));
    assertEquals("trainer (not packaged)", Invocation.of("--version").out().strip());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsEightyColumns(String command) {
    Invocation help = Invocation.of(command, "--help");
    assertEquals(ExitCode.DONE, help.code());
    assertTrue(help.out().startsWith("Usage: " + PROGRAM + command), help.out());
    assertFalse(help.out().contains("no unit"), help.out());
    help.outLines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertEquals("", help.err());
    assertEquals(help, Invocation.of("help", command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void namesTheDefaultOfEveryValue(String command) {
    for (OptionSpec option : program().getSubcommands().get(command).getCommandSpec().options()) {
      String text = String.join(" ", option.description());
      assertFalse(text.isBlank(), option.longestName());
      assertTrue(
          option.arity().max() == 0
              || text.contains("default")
              || text.contains("Required")
              || Set.of("--model", "--reference", "--python", "--report")
                  .contains(option.longestName()),
          option.longestName() + ": " + text);
    }
  }

  /** A misspelt key would show no description, or that of another command. */
  @Test
  void everyDescriptionHasItsOption() {
    Set<String> keys =
        program().getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().args().stream())
            .map(HelpTest::key)
            .filter(key -> !key.isEmpty())
            .collect(Collectors.toSet());
    assertEquals(ResourceBundle.getBundle("org.kerastwin.cli.options").keySet(), keys);
  }

  private static String key(ArgSpec argument) {
    return argument.descriptionKey().isEmpty() && argument instanceof OptionSpec option
        ? option.longestName().substring(2)
        : argument.descriptionKey();
  }

  /** An option without a range would take any number of its type. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyNumberHasARange(String command) {
    for (OptionSpec option : program().getSubcommands().get(command).getCommandSpec().options()) {
      Class<?> type = option.auxiliaryTypes()[0];
      if (type.isPrimitive() ? type != boolean.class : Number.class.isAssignableFrom(type)) {
        assertTrue(option.converters().length > 0, option.longestName());
      }
    }
  }

  /** A wrapped line or a removed option would not parse. */
  @ParameterizedTest
  @MethodSource("commands")
  void givesExamplesThatParse(String command) {
    List<String> examples =
        Invocation.of(command, "--help").outLines().stream()
            .filter(line -> line.startsWith("  " + PROGRAM))
            .map(line -> line.substring(2 + PROGRAM.length()))
            .toList();
    assertTrue(examples.size() >= 1 || command.equals("generate-completion"), command);
    for (String example : examples) {
      assertDoesNotThrow(() -> program().parseArgs(example.split(" ")), example);
    }
  }

  @Test
  void printsACompletionScript() {
    String script = Invocation.of("generate-completion").out();
    assertTrue(script.startsWith("#!/usr/bin/env bash"), script);
    assertTrue(script.contains("--learning-rate"), script);
    assertTrue(script.contains("complete -F _complete_trainer -o default trainer"), script);
  }

  @Test
  void rejectsHelpForUnknownCommands() {
    Invocation refused = Invocation.of("help", "nonsense");
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(refused.err().startsWith("command 'nonsense': expected one of train, generate,"));
  }
}
