package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.savedmodel.SavedModelFolder;

/** The options of export change the form of a model, but not its images. */
class ExportCommandTest {
  /**
   * A folded model rounds at other places, and TensorFlow adds in another order with constant
   * kernels.
   */
  private static final double ROUNDING = 2e-6;

  @TempDir static Path folder;

  private static CommandFolder work;

  @BeforeAll
  static void train() {
    work = new CommandFolder(folder);
    done(work.train("run", "--variant", "transposed", "--seed", "1", "--max-steps", "2"));
    export("plain");
  }

  private static Invocation done(Invocation run) {
    assertEquals(ExitCode.DONE, run.code(), run.err());
    return run;
  }

  private static String path(String name) {
    return work.path(name).toString();
  }

  private static Path export(String name, String... options) {
    List<String> line =
        new ArrayList<>(
            List.of("export", "--force", "--model", path("run"), "--output", path(name)));
    line.addAll(List.of(options));
    done(Invocation.of(line.toArray(String[]::new)));
    return work.path(name);
  }

  private static NdArray random(Integer... shape) {
    float[] values = new float[(int) NdArray.elements(List.of(shape))];
    Random random = new Random(5);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return NdArray.ofFloats(values, List.of(shape));
  }

  private static NdArray run(Path model, NdArray input) {
    try (LoadedModel loaded = LoadedModel.open(model)) {
      return loaded.run(input, 8);
    }
  }

  @ParameterizedTest
  @CsvSource({"--frozen, 0", "--fold-batch-norm, 10", "--frozen --fold-batch-norm, 0"})
  void everyExportGivesTheSameImages(String options, int variables) {
    NdArray noise = random(8, CommandFolder.NOISE_DIM);
    Path model = export("form" + options.replace(" ", ""), options.split(" "));
    assertClose(run(work.path("plain"), noise), run(model, noise), ROUNDING, options);
    assertEquals(variables, SavedModelFolder.open(model).variables().paths().size());
  }

  @Test
  void generatesWithFoldedModels() {
    Path model = export("folded", "--fold-batch-norm");
    for (String name : List.of("plain", "folded")) {
      done(
          Invocation.of(
              "generate", "--model", path(name), "--output", path(name + ".npy"), "--count", "5"));
    }
    assertClose(
        Npy.read(work.path("plain.npy")), Npy.read(work.path("folded.npy")), ROUNDING, "images");
    Invocation refused = Invocation.of("convert", model.toString(), path("folded.keras"));
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertTrue(
        refused.err().contains("received folded batch normalizations. Convert the original"));
  }

  @Test
  void readsBackFrozenModels() {
    export("frozen", "--frozen");
    for (String name : List.of("plain", "frozen")) {
      done(
          Invocation.of(
              "generate", "--model", path(name), "--output", path(name + ".npy"), "--count", "5"));
    }
    assertEquals(Npy.read(work.path("plain.npy")), Npy.read(work.path("frozen.npy")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "d.keras", "d.npz", "d.weights.h5", "d.h5", "judge"})
  void exportsTheDiscriminatorOfEveryForm(String model) {
    if (!model.equals("run")) {
      done(Invocation.of("convert", path("run"), path(model), "--network", "discriminator"));
    }
    String name = "judge-of-" + model.replace('.', '-');
    done(
        Invocation.of(
            "export",
            "--network",
            "discriminator",
            "--model",
            path(model),
            "--output",
            path(name)));
    NdArray images = random(4, 28, 28, 1);
    Path reference = export("judge-reference", "--network", "discriminator");
    NdArray judged = run(work.path(name), images);
    assertEquals(List.of(4, 1), judged.shape());
    assertEquals(run(reference, images), judged);
  }

  @Test
  void rejectsTheOtherNetwork() {
    done(Invocation.of("convert", path("run"), path("other.keras"), "--network", "discriminator"));
    assertRefused(
        "other.keras",
        "generator",
        "export and convert take --network generator or --network discriminator");
    assertRefused("plain", "discriminator", "expected a discriminator, received a generator");
    assertRefused(
        "run/models/epoch-001.keras",
        "discriminator",
        "export and convert take --network generator or --network discriminator");
  }

  private static void assertRefused(String model, String network, String expected) {
    Invocation refused =
        Invocation.of(
            "export", "--network", network, "--model", path(model), "--output", path("refused"));
    assertEquals(ExitCode.ENVIRONMENT, refused.code(), refused.err());
    assertTrue(refused.err().contains(expected), refused.err());
  }

  @Test
  void convertReportsDroppedOptimizers() {
    Invocation converted = done(Invocation.of("convert", path("run"), path("said")));
    assertEquals(
        List.of(
            "The optimizer of '%s' is not in '%s': a SavedModel can't contain it."
                .formatted(path("run"), path("said"))),
        converted.errLines());
  }
}
