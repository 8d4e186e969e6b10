package org.kerastwin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFlow;

/**
 * Dependencies between packages run one way: from cli to models and run, from these to training,
 * savedmodel and report, which do not know each other, then to model, layers and graph, and last to
 * packages without TensorFlow.
 */
class ArchitectureTest {
  private static final String ROOT = "org.kerastwin";
  private static final String TENSORFLOW = "org.tensorflow..";

  /** TensorFlow's native pointers, and the loader of its libraries. */
  private static final String JAVACPP = "org.bytedeco.javacpp..";

  private static final String JNA = "com.sun.jna..";

  private static final String JACKSON = "com.fasterxml.jackson..";

  /**
   * The allowed dependencies of each package: our own packages by short name, others by pattern.
   */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          // Strict JSON, and the system call that exchanges folders.
          entry("io", Set.of(JACKSON, JNA)),
          entry("weights", Set.of("io")),
          // The processor time and memory of a thread.
          entry("keras", Set.of("io", "weights", "io.jhdf..", JACKSON, "com.sun.management..")),
          entry("data", Set.of("io")),
          entry("image", Set.of("io")),
          entry("report", Set.of("io", "image")),
          // TensorFlow's messages, which need no native library.
          entry("tensorboard", Set.of("io", "org.tensorflow.proto..", "com.google.protobuf..")),
          entry("runtime", Set.of("io", TENSORFLOW, JAVACPP, JNA, "com.sun.management..")),
          entry("graph", Set.of("io", "weights", "runtime", TENSORFLOW, JAVACPP)),
          entry("layers", Set.of("weights", TENSORFLOW)),
          entry(
              "model", Set.of("io", "image", "weights", "runtime", "graph", "layers", TENSORFLOW)),
          entry(
              "kerasmodel",
              Set.of("io", "weights", "keras", "layers", "model", TENSORFLOW, JACKSON)),
          entry(
              "training",
              Set.of(
                  "weights",
                  "io",
                  "keras",
                  "data",
                  "runtime",
                  "graph",
                  "layers",
                  "model",
                  TENSORFLOW)),
          entry(
              "savedmodel",
              Set.of(
                  "io",
                  "weights",
                  "runtime",
                  "graph",
                  "layers",
                  "model",
                  TENSORFLOW,
                  "com.google.protobuf..")),
          entry(
              "run",
              Set.of(
                  "io",
                  "image",
                  "weights",
                  "keras",
                  "data",
                  "evaluation",
                  "report",
                  "runtime",
                  "layers",
                  "model",
                  "kerasmodel",
                  "training",
                  "savedmodel",
                  "tensorboard",
                  JACKSON)),
          entry(
              "models",
              Set.of(
                  "io",
                  "weights",
                  "data",
                  "keras",
                  "model",
                  "kerasmodel",
                  "training",
                  "savedmodel",
                  "run",
                  "org.tensorflow.ndarray..",
                  JACKSON)),
          entry(
              "parity",
              Set.of(
                  "io",
                  "image",
                  "weights",
                  "data",
                  "keras",
                  "report",
                  "runtime",
                  "graph",
                  "layers",
                  "model",
                  "kerasmodel",
                  "training",
                  "savedmodel",
                  "run",
                  TENSORFLOW,
                  JACKSON)),
          entry(
              "evaluation",
              Set.of(
                  "io",
                  "image",
                  "weights",
                  "data",
                  "keras",
                  "report",
                  "runtime",
                  "graph",
                  "layers",
                  "model",
                  "training",
                  TENSORFLOW,
                  JACKSON)),
          entry(
              "bench",
              Set.of(
                  "io",
                  "data",
                  "keras",
                  "runtime",
                  "graph",
                  "layers",
                  "model",
                  "training",
                  "run",
                  TENSORFLOW,
                  JACKSON)),
          // The folder of unpacked native libraries.
          entry("diagnosis", Set.of("io", "data", "run", "runtime", JAVACPP)),
          entry(
              "api",
              Set.of(
                  "io",
                  "image",
                  "weights",
                  "keras",
                  "data",
                  "report",
                  "runtime",
                  "layers",
                  "model",
                  "kerasmodel",
                  "training",
                  "run",
                  "models")),
          entry(
              "cli",
              Set.of(
                  "io",
                  "image",
                  "weights",
                  "keras",
                  "data",
                  "report",
                  "runtime",
                  "layers",
                  "model",
                  "kerasmodel",
                  "training",
                  "tensorboard",
                  "run",
                  "models",
                  "parity",
                  "bench",
                  "evaluation",
                  "diagnosis",
                  "picocli..")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(
              EnvironmentException.class.getProtectionDomain().getCodeSource().getLocation());

  static Set<String> packages() {
    return new TreeSet<>(MAY_KNOW.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packagesDependOnlyOnLowerOnes(String name) {
    knowsOnly(name, MAY_KNOW.get(name)).check(CLASSES);
  }

  private static ArchRule knowsOnly(String name, Set<String> mayKnow) {
    List<String> allowed = new ArrayList<>(List.of("java..", "javax..", ROOT));
    Stream.concat(Stream.of(name), mayKnow.stream())
        .map(known -> known.endsWith("..") ? known : ROOT + "." + known + "..")
        .forEach(allowed::add);
    return classes()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(false);
  }

  /** A new package needs a line in the table above. */
  @Test
  void listsEveryPackage() {
    Set<String> found =
        CLASSES.stream()
            .map(javaClass -> javaClass.getPackageName())
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(packages(), found);
  }

  @Test
  void rootPackageDependsOnNone() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", ROOT)
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching(ROOT + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  @Test
  void optionsAndProgressDependOnNoCommand() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".cli.options", ROOT + ".cli.progress")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".cli")
        .check(CLASSES);
  }

  @Test
  void theFolderOfARunKnowsNoTrainingLoop() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".run.folder")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".run")
        .check(CLASSES);
  }

  /** The sub-packages of parity, from the lowest to the highest. */
  @Test
  void parityIsLayered() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + ".parity..")
        .layer("compare")
        .definedBy(ROOT + ".parity.compare")
        .layer("reference")
        .definedBy(ROOT + ".parity.reference")
        .layer("stages")
        .definedBy(ROOT + ".parity.stages")
        .layer("checks")
        .definedBy(ROOT + ".parity.checks")
        .layer("report")
        .definedBy(ROOT + ".parity.report")
        .layer("parity")
        .definedBy(ROOT + ".parity")
        .whereLayer("compare")
        .mayNotAccessAnyLayer()
        .whereLayer("reference")
        .mayOnlyAccessLayers("compare")
        .whereLayer("stages")
        .mayOnlyAccessLayers("compare", "reference")
        .whereLayer("checks")
        .mayOnlyAccessLayers("compare", "reference", "stages")
        .whereLayer("report")
        .mayOnlyAccessLayers("compare")
        .check(CLASSES);
  }

  /** The native library's own log lines pass through StandardError on their way to the user. */
  @Test
  void onlyTheCommandLinePrintsOrExits() {
    printsOrExits("StandardError").check(CLASSES);
  }

  private static ArchRule printsOrExits(String exception) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .and()
        .doNotHaveSimpleName(exception)
        .should(ACCESS_STANDARD_STREAMS)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .allowEmptyShould(false);
  }

  /** The runtime loads the native library quietly before it hands out anything that needs it. */
  @Test
  void onlyTheRuntimeLoadsTensorFlow() {
    touchesTensorFlowFirst("runtime").check(CLASSES);
  }

  private static ArchRule touchesTensorFlowFirst(String exception) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + exception)
        .should()
        .callConstructor(Graph.class)
        .orShould()
        .callMethod(SavedModelBundle.class, "loader", String.class)
        .orShould()
        .callMethod(SavedModelBundle.class, "load", String.class, String[].class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(TensorFlow.class)
        .allowEmptyShould(false);
  }

  @Test
  void detectsViolations() {
    assertTrue(touchesTensorFlowFirst("graph").evaluate(CLASSES).hasViolation());
    assertTrue(knowsOnly("model", Set.of("graph", TENSORFLOW)).evaluate(CLASSES).hasViolation());
    assertTrue(knowsOnly("layers", Set.of()).evaluate(CLASSES).hasViolation());
    assertTrue(printsOrExits("Nobody").evaluate(CLASSES).hasViolation());
  }
}
