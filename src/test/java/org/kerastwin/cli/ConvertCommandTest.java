package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.kerasmodel.AdamState;
import org.kerastwin.kerasmodel.ModelFile;

/** Converts a run to every form and compares images and optimizers; tests exit codes. */
class ConvertCommandTest {
  private static final String TRANSPOSED = "transposed";

  @TempDir static Path folder;

  private static Path run;

  @BeforeAll
  static void trainAStep() {
    run = folder.resolve("run");
    assertEquals(
        0,
        program(
            "train",
            "--variant=" + TRANSPOSED,
            "--dataset=digits",
            "--batch-size=4",
            "--noise-dim=7",
            "--seed=1",
            "--max-steps=1",
            "--output=" + run));
  }

  private static int program(Object... arguments) {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    return new Program().run(texts.toArray(new String[0]));
  }

  private static byte[] images(Path model, Object... more) throws IOException {
    Path file = folder.resolve("images.npy");
    Files.deleteIfExists(file);
    List<Object> arguments =
        new ArrayList<>(List.of("generate", "--model", model, "--output", file, "--count", 3));
    arguments.addAll(List.of(more));
    assertEquals(0, program(arguments.toArray()), arguments::toString);
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"g.keras", "g.weights.h5", "g.h5", "g.npz", "saved", "G.KERAS", "G.NPZ"})
  void everyFormGivesTheSameImages(String name) throws IOException {
    Path file = folder.resolve(name);
    assertEquals(0, program("convert", run, file));
    assertArrayEquals(images(run), images(file, "--variant", TRANSPOSED));
    Path back = folder.resolve("back-of-" + name + ".keras");
    assertEquals(0, program("convert", file, back, "--variant", TRANSPOSED));
    assertArrayEquals(images(run), images(back));
  }

  /** NaN is written, with a warning. */
  @Test
  void warnsOfUnusableImages() {
    Path sick = folder.resolve("sick.npz");
    assertEquals(0, program("convert", run, sick));
    Map<String, NdArray> arrays = new LinkedHashMap<>(Npz.readAll(sick));
    arrays.put(
        "generator/conv2d_transpose_1/bias", NdArray.ofFloats(new float[] {Float.NaN}, List.of(1)));
    Npz.write(sick, arrays, ZipWriter.Compression.STORED);
    Path images = folder.resolve("sick.png");
    Invocation generated =
        Invocation.of(
            "generate",
            "--model=" + sick,
            "--variant=" + TRANSPOSED,
            "--count=1",
            "--output=" + images);
    assertEquals(ExitCode.DONE, generated.code());
    assertEquals(
        ("images '%s': expected numbers from -1 to 1, received NaN. The weights of the model may"
                + " be damaged, or its training diverged.")
            .formatted(images),
        generated.err().strip());
  }

  /** A SavedModel names its network. */
  @Test
  void convertsDiscriminatorSavedModels() {
    Path judge = folder.resolve("judge");
    assertEquals(0, program("convert", "--network", "discriminator", run, judge));
    assertEquals(0, program("convert", judge, folder.resolve("judge.keras")));
    assertEquals(
        ExitCode.ENVIRONMENT,
        program("convert", "--network", "generator", judge, folder.resolve("no.keras")));
  }

  /** Keras has no affine layers, but SavedModels have and can be verified. */
  @Test
  void foldedModelsStaySavedModels() {
    Path folded = folder.resolve("folded");
    assertEquals(0, program("export", "--model", run, "--fold-batch-norm", "--output", folded));
    for (String name : List.of("f.keras", "f.weights.h5", "f.npz")) {
      assertEquals(ExitCode.ENVIRONMENT, program("convert", folded, folder.resolve(name)), name);
    }
    assertEquals(0, program("verify", "--model", folded));
  }

  @Test
  void runsSaveKerasGenerators() throws IOException {
    assertArrayEquals(images(run), images(run.resolve("models").resolve("epoch-001.keras")));
  }

  @ParameterizedTest
  @CsvSource({"generator, 1", "discriminator, 2"})
  void keepsOptimizers(String network, long updates) {
    Path file = folder.resolve(network + ".keras");
    assertEquals(0, program("convert", run, file, "--network", network));
    AdamState adam = ModelFile.read(file, Optional.empty()).optimizer().orElseThrow();
    assertEquals(Optional.of(new AdamSettings(2e-4, 0.5)), adam.settings());
    String iteration = "optimizer/" + network + "/iteration";
    assertArrayEquals(new long[] {updates}, adam.slots().get(iteration).longs());
  }

  @Test
  void rejectsImpossibleConversions() throws IOException {
    Path keras = folder.resolve("refused.keras");
    assertEquals(0, program("convert", run, keras));
    Path weights = folder.resolve("refused.weights.h5");
    assertEquals(0, program("convert", run, weights));
    Path out = folder.resolve("out.keras");

    assertEquals(2, program("convert", keras, folder.resolve("out.onnx")), "no format");
    assertEquals(2, program("convert", folder.resolve("in.onnx"), out), "no format");
    assertEquals(2, program("convert", keras), "nothing to write");
    assertEquals(2, program("convert", weights, out), "does not say its variant");
    assertEquals(2, program("convert", run, out, "--network", "critic"), "no network");
    assertEquals(3, program("convert", folder.resolve("missing.keras"), out), "no such file");
    assertEquals(3, program("convert", keras, out, "--variant", "upsampling"), "another variant");
    assertEquals(3, program("convert", weights, out, "--variant", "upsampling"), "other shapes");
    assertEquals(3, program("convert", keras, run), "the folder of a run");
    assertTrue(Files.notExists(out));
  }
}
