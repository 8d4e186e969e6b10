package org.kerastwin.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerastwin.faults.PlantedProgram.Ended;

/**
 * Plants the faults of {@code src/test/resources/faults.txt}, one at a time, and prints which
 * {@code verify} finds, or with {@code --tests} which the tests find. Run it in the root of the
 * project:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/test-classpath
 * java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" org.kerastwin.faults.PlantFaults
 * </pre>
 *
 * <p>{@code --only TEXT} takes the faults whose name contains the text; {@code --first N} takes
 * only the first of them, and {@code --every N} every Nth. Ends with 1 if a fault is not found, is
 * not found first at its owner, or has less than three times the effect that the tolerance accepts.
 */
public final class PlantFaults {
  private static final Path LIST = Path.of("src/test/resources/faults.txt");
  private static final String DISCRIMINATOR =
      "src/main/resources/org/kerastwin/parity/reference-discriminator.npz";

  /** The effect of a fault must be this many times the tolerance. */
  private static final int MARGIN = 3;

  private static final Pattern SIZES =
      Pattern.compile("relative error ([-0-9.e+]+), tolerance ([-0-9.e+]+)");

  private final boolean byTests;
  private final PrintStream out;
  private final Set<String> finders = new TreeSet<>();
  private int found;

  private PlantFaults(boolean byTests, PrintStream out) {
    this.byTests = byTests;
    this.out = out;
  }

  /** Plants the faults. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    List<String> options = List.of(arguments);
    String only = value(options, "--only", "");
    List<Fault> faults =
        Fault.read(LIST).stream().filter(fault -> fault.name().contains(only)).toList();
    int first = Integer.parseInt(value(options, "--first", "0"));
    if (first > 0) {
      faults = faults.subList(0, Math.min(first, faults.size()));
    }
    int every = Integer.parseInt(value(options, "--every", "1"));
    PlantFaults run = new PlantFaults(options.contains("--tests"), System.out);
    int planted = 0;
    for (int i = 0; i < faults.size(); i += every) {
      run.plant(faults.get(i));
      planted++;
    }
    run.requirePassingWithoutFaults();
    run.out.printf(
        "%s found %d of %d planted faults, %.1f %%%n",
        run.byTests ? "the tests" : "verify", run.found, planted, 100.0 * run.found / planted);
    System.exit(run.found < planted ? 1 : 0);
  }

  /** A test that always fails would find every fault. */
  private void requirePassingWithoutFaults() throws IOException {
    if (finders.isEmpty()) {
      return;
    }
    Path folder = Files.createTempDirectory("fault");
    try (PlantedProgram program = new PlantedProgram(Fault.NONE, folder)) {
      if (program.fails(List.copyOf(finders))) {
        throw new IllegalStateException("some of these tests fail without a fault: " + finders);
      }
    } finally {
      delete(folder);
    }
  }

  private static String value(List<String> options, String name, String otherwise) {
    int at = options.indexOf(name);
    return at < 0 ? otherwise : options.get(at + 1);
  }

  private void plant(Fault fault) throws IOException, ReflectiveOperationException {
    Path folder = Files.createTempDirectory("fault");
    try (PlantedProgram program = new PlantedProgram(fault, folder)) {
      String result = byTests ? byTests(program, fault) : byVerify(program, fault);
      out.printf("%s: %s%n", fault.name(), result);
    } finally {
      delete(folder);
    }
  }

  private String byTests(PlantedProgram program, Fault fault) {
    for (String test : fault.tests()) {
      if (program.fails(List.of(test))) {
        found++;
        finders.add(test);
        return "found by " + test;
      }
    }
    return "NOT FOUND by " + fault.tests();
  }

  private String byVerify(PlantedProgram program, Fault fault) throws ReflectiveOperationException {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    for (String word : fault.verify()) {
      switch (word) {
        case "all" -> {}
        case "discriminator" -> arguments.addAll(List.of("--reference", DISCRIMINATOR));
        case "--fast" -> arguments.add(word);
        default -> arguments.addAll(List.of("--variant", word));
      }
    }
    Ended ended = program.run(arguments);
    String last = ended.printed().lines().reduce((first, second) -> second).orElse("nothing");
    String place = ", " + fault.owner().orElse("");
    if (ended.code() != 1 || !last.contains(place)) {
      return "NOT FOUND%s: %s".formatted(ended.code() == 0 ? "" : " at its owner", last);
    }
    Matcher sizes = SIZES.matcher(last);
    if (sizes.find()
        && Double.parseDouble(sizes.group(1)) < MARGIN * Double.parseDouble(sizes.group(2))) {
      return "TOO CLOSE to its tolerance: " + last;
    }
    found++;
    return last;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
