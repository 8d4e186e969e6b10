package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.cli.options.Converters;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Links, commands and quoted code in README.md, CHANGELOG.md and src/doc. */
class DocumentationTest {
  private static final Path README = Path.of("README.md");
  private static final int LINE_LENGTH = 100;
  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern PROGRAM =
      Pattern.compile("^(?:java .*-jar target/)?trainer(?:\\.jar)? (.*)");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("src/doc"));
        Stream<Path> models = Files.walk(Path.of("saved_models"))) {
      return Stream.concat(Stream.of(README, Path.of("CHANGELOG.md")), Stream.concat(docs, models))
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksAreValid(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      URI target = URI.create(link.group(1));
      if (target.getScheme() == null && !leadsSomewhere(page, target)) {
        broken.add(link.group(1));
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path page, URI target) throws IOException {
    Path file = target.getPath().isEmpty() ? page : page.resolveSibling(target.getPath());
    return Files.exists(file)
        && (target.getFragment() == null || anchors(file).contains(target.getFragment()));
  }

  /** The anchors that GitHub gives the headings of a page. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsParse(Path page) throws IOException {
    List<String> refused = new ArrayList<>();
    for (String command : commands(Files.readString(page))) {
      CommandLine program = Converters.register(new CommandLine(new Program(NOWHERE, NOWHERE)));
      try {
        program.parseArgs(command.split(" +"));
      } catch (ParameterException refusal) {
        refused.add(command + ": " + refusal.getMessage());
      }
    }
    assertEquals(List.of(), refused);
  }

  @Test
  void buildRunsReadmeCommands() throws IOException {
    List<String> run = new ArrayList<>();
    try (Stream<Path> scripts = Files.list(Path.of(".ci"))) {
      for (Path script : scripts.toList()) {
        run.addAll(commands("```sh\n" + Files.readString(script) + "```\n"));
      }
    }
    List<String> missing =
        commands(Files.readString(README)).stream()
            .filter(command -> run.stream().noneMatch(other -> covers(other, command)))
            .toList();
    assertFalse(run.isEmpty());
    assertEquals(List.of(), missing);
  }

  /** Whether a command line runs the same command with at least the same options. */
  private static boolean covers(String run, String documented) {
    return words(run).get(0).equals(words(documented).get(0))
        && options(run).containsAll(options(documented));
  }

  private static Set<String> options(String command) {
    return words(command).stream()
        .filter(word -> word.startsWith("--"))
        .collect(Collectors.toSet());
  }

  private static List<String> words(String command) {
    return Arrays.asList(command.split(" +"));
  }

  /** The arguments of the program in all shell blocks of a page, one line each. */
  private static List<String> commands(String page) {
    return BLOCK
        .matcher(page)
        .results()
        .filter(block -> block.group(1).equals("sh"))
        .flatMap(block -> block.group(2).replaceAll("\\\\\\n\\s*", "").lines())
        .flatMap(line -> PROGRAM.matcher(line.strip()).results())
        .map(match -> match.group(1).replaceFirst("\\s+(#|>|\\|).*", "").strip())
        .filter(command -> !command.equals("COMMAND"))
        .toList();
  }

  /** The build runs the examples, so the README must quote them exactly. */
  @Test
  void readmeQuotesTheExamples() throws IOException {
    Set<String> examples = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/example"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        examples.add(Files.readString(file));
      }
    }
    List<String> others =
        BLOCK
            .matcher(Files.readString(README))
            .results()
            .filter(block -> Set.of("java", "xml").contains(block.group(1)))
            .map(block -> block.group(2))
            .filter(code -> !examples.contains(code))
            .toList();
    assertEquals(List.of(), others);
  }

  @Test
  void readmeLinesAreShort() throws IOException {
    List<String> tooLong =
        Files.readString(README).lines().filter(line -> line.length() > LINE_LENGTH).toList();
    assertEquals(List.of(), tooLong);
  }
}
