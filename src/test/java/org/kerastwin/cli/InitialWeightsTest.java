package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.Sha256;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.kerasmodel.AdamState;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunConfigFile;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.weights.WeightMap;

/** Training that starts from two files continues their state and rejects unfit files. */
class InitialWeightsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/keras/files");
  private static final int NOISE_DIM = CommandFolder.NOISE_DIM;

  @TempDir static Path folder;

  private static CommandFolder work;

  @BeforeAll
  static void trainAndConvert() {
    work = new CommandFolder(folder);
    done(work.train("run", "--seed", "1", "--max-steps", "2", "--learning-rate", "1e-3"));
    for (String form : List.of(".keras", ".weights.h5", ".h5", ".npz")) {
      convert("generator", "g" + form);
      convert("discriminator", "d" + form);
    }
  }

  private static void convert(String network, String name) {
    done(Invocation.of("convert", path("run"), path(name), "--network", network));
  }

  private static String path(String name) {
    return work.path(name).toString();
  }

  private static Invocation done(Invocation run) {
    assertEquals(ExitCode.DONE, run.code(), run.err());
    return run;
  }

  private static Invocation begin(
      String output, String generator, String discriminator, String... more) {
    return begin(1, output, generator, discriminator, more);
  }

  private static Invocation begin(
      int steps, String output, String generator, String discriminator, String... more) {
    List<String> options = new ArrayList<>(List.of("--initial-weights", generator, discriminator));
    options.addAll(List.of("--seed", "3", "--max-steps", "" + steps));
    options.addAll(List.of(more));
    return work.train(output, options.toArray(new String[0]));
  }

  private static RunConfig config(String run) {
    return RunConfigFile.read(work.path(run));
  }

  /** Ignores the settings, which name the files, and their checksum. */
  private static Map<String, NdArray> state(String run) {
    Map<String, NdArray> state =
        new LinkedHashMap<>(Npz.readAll(new RunFiles(work.path(run)).checkpoint()));
    state.keySet().removeAll(List.of("training/config", "training/sha256"));
    return state;
  }

  private static long updates(String run, String network) {
    return state(run).get("optimizer/" + network + "/iteration").longs()[0];
  }

  /** The same seed gives the same numbers for networks in any form. */
  @ParameterizedTest
  @ValueSource(strings = {".weights.h5", ".h5", ".npz"})
  void everyFormStartsTheSameTraining(String form) throws IOException {
    String reference = "of.keras";
    if (!Files.exists(work.path(reference))) {
      done(begin(reference, path("g.keras"), path("d.keras")));
    }
    // Files without beta_1 start with the default, which the run also has.
    String run = "of" + form;
    done(begin(run, path("g" + form), path("d" + form)));
    assertEquals(state(reference), state(run));
    assertEquals(
        -1, Files.mismatch(work.path(reference + "/history.csv"), work.path(run + "/history.csv")));
  }

  @Test
  void continuesOptimizersAndRecordsTheFiles() {
    Invocation begun = done(begin("goes-on", path("g.keras"), path("d.keras")));
    RunConfig config = config("goes-on");
    assertEquals(1e-3, config.gan().adam().learningRate());
    assertEquals(
        Map.of(
            "generator",
            new RunConfig.InitialFile(path("g.keras"), Sha256.of(work.path("g.keras"))),
            "discriminator",
            new RunConfig.InitialFile(path("d.keras"), Sha256.of(work.path("d.keras")))),
        config.initialWeights());
    // Two earlier steps and one now; the discriminator is updated twice per step.
    assertEquals(3, updates("goes-on", "generator"));
    assertEquals(6, updates("goes-on", "discriminator"));
    assertTrue(
        begun
            .errLines()
            .contains(
                "Starting from the generator of '%s' and its Adam after 2 updates."
                    .formatted(path("g.keras"))),
        begun.err());
    // An Adam that has made more updates than the run has steps is no damage.
    done(Invocation.of("verify", "--model", path("goes-on")));
  }

  @Test
  void reportsAnotherLearningRate() {
    Invocation begun =
        done(begin("rate", path("g.keras"), path("d.keras"), "--learning-rate", "5e-4"));
    assertEquals(5e-4, config("rate").gan().adam().learningRate());
    for (String file : List.of("g.keras", "d.keras")) {
      String line =
          "The learning rate is 5.0E-4 as you asked, not 0.001 as in '%s'.".formatted(path(file));
      assertTrue(begun.errLines().contains(line), begun.err());
    }
    assertFalse(begun.err().contains("--beta-1"), begun.err());
  }

  @Test
  void startsANewAdamWithoutAnOptimizer() throws IOException {
    for (String name : List.of("g", "d")) {
      Invocation converted =
          done(
              Invocation.of(
                  "convert",
                  path(name + ".weights.h5"),
                  path(name + "-plain.keras"),
                  "--variant",
                  "upsampling",
                  "--network",
                  name.equals("g") ? "generator" : "discriminator"));
      assertTrue(
          converted
              .errLines()
              .contains(
                  "The optimizer of '%s' is not in '%s': '%s' does not contain its settings."
                      .formatted(
                          path(name + ".weights.h5"),
                          path(name + "-plain.keras"),
                          path(name + ".weights.h5"))),
          converted.err());
    }
    Invocation begun = done(begin("fresh", path("g-plain.keras"), path("d-plain.keras")));
    assertTrue(begun.err().contains("and a new Adam."), begun.err());
    assertEquals(2e-4, config("fresh").gan().adam().learningRate());
    assertEquals(1, updates("fresh", "generator"));
  }

  @Test
  void resumesWithoutTheFiles() throws IOException {
    Path generator = Files.copy(work.path("g.keras"), work.path("gone.keras"));
    done(begin(2, "whole", generator.toString(), path("d.keras")));
    done(begin("parts", generator.toString(), path("d.keras")));
    Files.delete(generator);
    Invocation refused =
        work.train(
            "parts",
            "--resume",
            "--max-steps",
            "2",
            "--initial-weights",
            path("d.keras"),
            path("g.keras"));
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(
        refused.err().contains("expected %s %s".formatted(generator, path("d.keras"))),
        refused.err());
    assertTrue(
        refused.err().contains("received %s %s".formatted(path("d.keras"), path("g.keras"))),
        refused.err());
    done(work.train("parts", "--resume", "--max-steps", "2"));
    assertEquals(state("whole"), state("parts"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d.keras      | g.keras      | generator 'd.keras': expected a generator, received a"
            + " discriminator. The generator's file comes first",
        "d.npz        | g.npz        | generator 'd.npz': expected a generator, received a"
            + " discriminator",
        "d.weights.h5 | g.weights.h5 | generator 'd.weights.h5': expected a generator, received a"
            + " discriminator",
        "g.keras      | g.keras      | discriminator 'g.keras': expected a discriminator, received"
            + " a generator",
        "stacked      | d.keras      | such as a GAN's stack of models. Save each model to its own"
            + " file",
        "small        | d.keras      | received another model. The layers and all their arguments"
            + " must be the notebook's",
        "g.keras      | small-d      | expected the notebook's discriminator, received other"
            + " layers",
        "nowhere.h5   | d.keras      | no such file",
        "run          | d.keras      | generator 'run': expected a file, received a folder."
            + " Make a file of one network with 'convert' and --network.",
      })
  void rejectsOtherFilesByName(String generator, String discriminator, String expected) {
    Invocation refused = begin("refused", place(generator), place(discriminator));
    assertEquals(ExitCode.ENVIRONMENT, refused.code(), refused.err());
    String message = refused.err().replace(folder + "/", "");
    assertTrue(message.contains(expected), message);
    assertFalse(Files.exists(work.path("refused")));
  }

  private static String place(String name) {
    return switch (name) {
      case "stacked" -> FIXTURES.resolve("stacked.keras").toString();
      case "small" -> FIXTURES.resolve("generator.keras").toString();
      case "small-d" -> FIXTURES.resolve("discriminator.keras").toString();
      default -> path(name);
    };
  }

  @Test
  void suggestsTheVariantAndNoiseOfTheFiles() {
    for (List<String> more :
        List.of(List.of("--variant", "transposed"), List.of("--noise-dim", "5"))) {
      Invocation refused =
          Invocation.of(
              Stream.concat(
                      Stream.of("train", "--dataset", "digits", "--output", path("refused")),
                      Stream.concat(
                          Stream.of("--initial-weights", path("g.keras"), path("d.keras")),
                          more.stream()))
                  .toArray(String[]::new));
      assertEquals(ExitCode.ENVIRONMENT, refused.code());
      assertTrue(
          refused
              .err()
              .contains("Train the variant upsampling with noise of %d.".formatted(NOISE_DIM)),
          refused.err());
    }
  }

  @Test
  void rejectsDisagreeingOptimizersWithoutOptions() {
    ModelFile read = ModelFile.read(work.path("d.keras"), Optional.empty());
    AdamState adam = read.optimizer().orElseThrow();
    write("d-beta.keras", read, adam, new AdamSettings(1e-3, 0.9));
    write("d-epsilon.keras", read, adam, new AdamSettings(1e-3, 0.5, 0.999, 1e-3));

    Invocation refused = begin("refused", path("g.keras"), path("d-beta.keras"));
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertTrue(
        refused
            .err()
            .contains(
                "expected the same beta_1 in both, received 0.5 and 0.9. Set them with"
                    + " --learning-rate and --beta-1."),
        refused.err());
    done(begin("decided", path("g.keras"), path("d-beta.keras"), "--beta-1", "0.9"));
    assertEquals(0.9, config("decided").gan().adam().beta1());

    Invocation epsilon = begin("refused", path("g.keras"), path("d-epsilon.keras"));
    assertEquals(ExitCode.ENVIRONMENT, epsilon.code());
    assertTrue(epsilon.err().contains("received beta_2 0.999 and epsilon 0.001"), epsilon.err());
  }

  /** Impossible values are rejected by file name, before a run begins. */
  @Test
  void rejectsImpossibleNumbersBeforeTheRun() {
    ModelFile read = ModelFile.read(work.path("d.keras"), Optional.empty());
    AdamState adam = read.optimizer().orElseThrow();
    AdamSettings settings = new AdamSettings(1e-3, 0.5);
    String optimizer = "optimizer/discriminator/";
    write(
        "d-updates.keras",
        read,
        with(adam, optimizer + "iteration", NdArray.ofLongs(new long[] {-5}, List.of())),
        settings);
    write(
        "d-rate.keras",
        read,
        with(adam, optimizer + "learning_rate", NdArray.ofFloats(new float[] {-1}, List.of())),
        settings);
    write(
        "d-nan.keras",
        read,
        with(
            adam,
            optimizer + "dense/bias/momentum",
            NdArray.ofFloats(new float[] {Float.NaN}, List.of(1))),
        settings);
    for (String name : List.of("d-updates", "d-rate", "d-nan")) {
      Invocation refused = begin("impossible", path("g.keras"), path(name + ".keras"));
      assertEquals(ExitCode.ENVIRONMENT, refused.code(), name);
      assertTrue(refused.err().contains("model '" + path(name + ".keras")), refused.err());
      assertFalse(Files.exists(work.path("impossible")), name);
    }
  }

  private static AdamState with(AdamState adam, String path, NdArray value) {
    Map<String, NdArray> slots = new LinkedHashMap<>(adam.slots().tensors());
    slots.put(path, value);
    return new AdamState(adam.settings(), new WeightMap(slots));
  }

  private static void write(String name, ModelFile model, AdamState adam, AdamSettings settings) {
    new ModelFile(
            model.model(),
            model.weights(),
            Optional.of(new AdamState(Optional.of(settings), adam.slots())))
        .write(work.path(name));
  }

  @Test
  void rejectsOneFileOrFour() {
    assertEquals(
        ExitCode.USAGE, work.train("refused", "--initial-weights", path("g.keras")).code());
    String[] four =
        Stream.of("g.keras", "d.keras", "g.keras", "d.keras")
            .map(InitialWeightsTest::path)
            .toArray(String[]::new);
    assertEquals(
        ExitCode.USAGE,
        work.train(
                "refused",
                "--initial-weights",
                four[0],
                four[1],
                "--initial-weights",
                four[2],
                four[3])
            .code());
    assertEquals(
        ExitCode.USAGE, begin("refused", path("g.onnx"), path("d.keras")).code(), "no format");
    assertEquals(Variant.UPSAMPLING, config("run").gan().variant());
  }
}
