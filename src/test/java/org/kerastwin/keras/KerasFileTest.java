package org.kerastwin.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.keras.KerasFile.Description;
import org.kerastwin.keras.KerasFile.Format;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.kerasmodel.OptimizerConfig;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.runtime.Device;
import org.kerastwin.testing.Zeros;
import org.kerastwin.weights.WeightMap;

/** Reads Keras's files, and reads back written files bit for bit. */
class KerasFileTest {
  /** Images in (-1, 1) of two correct float32 runs differ by 1e-6; a wrong slope gives 1e-2. */
  private static final float TOLERANCE = 1e-5f;

  private static final AdamSettings NOTEBOOK = new AdamSettings((float) 2e-4, 0.5);

  @TempDir Path folder;

  static Stream<Arguments> files() {
    return Stream.of("generator", "discriminator")
        .flatMap(
            name ->
                Stream.of(Format.values())
                    .map(format -> Arguments.of(new TrainedFixture(name), format)));
  }

  @ParameterizedTest
  @CsvSource({
    "generator, ARCHIVE",
    "generator, WEIGHTS",
    "generator, LEGACY",
    "discriminator, ARCHIVE"
  })
  void readsKerasFiles(String name, Format format) {
    TrainedFixture fixture = new TrainedFixture(name);
    KerasFile file = KerasFile.read(TrainedFixture.file(fixture.name() + format.ending()));
    assertEquals(fixture.weights(), file.weights(fixture.variables()));
    assertEquals(Optional.of(fixture.slots()), file.slots(fixture.variables()));
    assertEquals(
        format == Format.WEIGHTS ? Optional.empty() : Optional.of(NOTEBOOK),
        OptimizerConfig.adam(file.description(), "test"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsBackWhatItWrites(TrainedFixture fixture, Format format) {
    Path path = folder.resolve("model" + format.ending());
    Sequential model = fixture.model();
    Optional<AdamSettings> adam = Optional.of(NOTEBOOK);
    Description description = KerasDescription.of(format, model, adam);
    KerasFile.write(
        path, fixture.variables(), description, fixture.weights(), Optional.of(fixture.slots()));

    KerasFile file = KerasFile.read(path);
    assertEquals(fixture.weights(), file.weights(fixture.variables()));
    assertEquals(Optional.of(fixture.slots()), file.slots(fixture.variables()));
    if (format != Format.WEIGHTS) {
      assertEquals(
          model.nodes(),
          KerasConfig.sequential(file.description().model().orElseThrow(), "any", path).nodes());
      assertEquals(adam, OptimizerConfig.adam(file.description(), path));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void writesTheSameBytesForTheSameModel(TrainedFixture fixture, Format format) throws Exception {
    Description description = KerasDescription.of(format, fixture.model(), Optional.empty());
    for (String name : List.of("a", "b")) {
      KerasFile.write(
          folder.resolve(name + format.ending()),
          fixture.variables(),
          description,
          fixture.weights(),
          Optional.empty());
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a" + format.ending())),
        Files.readAllBytes(folder.resolve("b" + format.ending())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator", "discriminator"})
  void rebuiltModelsGiveTheOutputOfKeras(String name) {
    TrainedFixture fixture = new TrainedFixture(name);
    assertClose(
        fixture.array("output"), run(fixture.model(), fixture.weights(), fixture.array("input")));
  }

  @Test
  void readsChunkedCompressedBigEndianDoubles() {
    KerasFile file = KerasFile.read(TrainedFixture.file("chunked.weights.h5"));
    assertEquals(
        TrainedFixture.DISCRIMINATOR.weights(),
        file.weights(TrainedFixture.DISCRIMINATOR.variables()));
    assertEquals(Optional.empty(), file.slots(TrainedFixture.DISCRIMINATOR.variables()));
  }

  /** So that callers can name missing and extra variables. */
  @Test
  void namesUnknownOptimizerVariablesByPlace() {
    ModelVariables variables = TrainedFixture.DISCRIMINATOR.variables();
    WeightMap slots = TrainedFixture.DISCRIMINATOR.slots();
    WeightMap weights = TrainedFixture.DISCRIMINATOR.weights();
    Hdf5Content content =
        renamed(
            WeightsLayout.of(variables, weights, Optional.of(slots)),
            "optimizer/vars/2",
            "optimizer/vars/more");
    Set<String> expected = new HashSet<>(slots.paths());
    expected.remove("optimizer/discriminator/conv2d/kernel/momentum");
    expected.add("optimizer/vars/more");
    assertEquals(expected, WeightsLayout.slots(content, variables).paths());

    Hdf5Content legacy =
        renamed(
            LegacyLayout.of(variables, weights, Optional.of(slots)),
            "optimizer_weights/adam/discriminator_conv2d_kernel_momentum",
            "elsewhere");
    expected.remove("optimizer/vars/more");
    assertEquals(expected, LegacyLayout.slots(legacy, variables).paths());
  }

  private static Hdf5Content renamed(Hdf5Content content, String from, String to) {
    Hdf5Content renamed = new Hdf5Content();
    content
        .dataSets()
        .forEach((place, tensor) -> renamed.addDataSet(place.equals(from) ? to : place, tensor));
    content
        .attributes()
        .forEach(
            (group, texts) ->
                texts.forEach((name, values) -> renamed.addAttribute(group, name, values)));
    return renamed;
  }

  @Test
  void readsNanAndInfinity() {
    float[] bias =
        KerasFile.read(TrainedFixture.file("nan.weights.h5"))
            .weights(TrainedFixture.DISCRIMINATOR.variables())
            .get("discriminator/conv2d/bias")
            .floats();
    assertArrayEquals(new float[] {Float.NaN, Float.NEGATIVE_INFINITY}, bias);
  }

  @Test
  void readsTheLegacyFileOfKeras2() {
    Sequential model = TrainedFixture.model("keras2.h5", "generator");
    assertEquals(TrainedFixture.GENERATOR.model().nodes(), model.nodes());
    WeightMap weights =
        KerasFile.read(TrainedFixture.file("keras2.h5")).weights(KerasConfig.variables(model));
    Path expected = TrainedFixture.file("keras2.npz");
    assertClose(Npz.read(expected, "output"), run(model, weights, Npz.read(expected, "input")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras2-turns", "keras2-momenta"})
  void readsTheSlotsOfKeras2(String name) {
    KerasFile file = KerasFile.read(TrainedFixture.file(name + ".h5"));
    ModelVariables variables =
        KerasConfig.variables(TrainedFixture.model(name + ".h5", "discriminator"));
    assertEquals(
        Optional.of(new WeightMap(Npz.readAll(TrainedFixture.file(name + ".npz")))),
        file.slots(variables));
    // Keras 2 writes float32 numbers such as the learning rate as doubles.
    assertEquals(
        (float) 2e-4,
        (float) OptimizerConfig.adam(file.description(), name).orElseThrow().learningRate());
  }

  /**
   * Standalone Keras numbers Adam's variables and adds placeholders of AMSGrad; keras21 is a model
   * around a Sequential that is described by a list; src/test/python/make_standalone_fixtures.py.
   */
  @ParameterizedTest
  @ValueSource(strings = {"keras21", "keras23"})
  void readsFilesOfStandaloneKeras(String release) {
    Path path = TrainedFixture.file(release + ".h5");
    ModelFile model = ModelFile.read(path, Optional.empty());
    WeightMap expected = new WeightMap(Npz.readAll(TrainedFixture.file(release + ".npz")));
    assertClose(expected.get("output"), run(model.model(), model.weights(), expected.get("input")));
    Map<String, NdArray> slots =
        new LinkedHashMap<>(model.optimizer().orElseThrow().slots().tensors());
    // It is only in the description.
    slots.remove(KerasConfig.variables(model.model()).learningRate());
    assertEquals(expected.under("optimizer/").tensors(), slots);
  }

  /**
   * Keras 2 stores no learning rate, and 2.13 counts layers with weights twice;
   * src/test/python/make_keras213_fixtures.py.
   */
  @ParameterizedTest
  @CsvSource({"keras213, ARCHIVE", "keras213, WEIGHTS", "tf-keras, ARCHIVE", "tf-keras, WEIGHTS"})
  void readsTheLayoutsOfKeras2(String release, Format format) {
    Sequential model = TrainedFixture.model(release + ".keras", "generator");
    ModelVariables variables = KerasConfig.variables(model);
    KerasFile file = KerasFile.read(TrainedFixture.file(release + format.ending()));
    WeightMap expected = new WeightMap(Npz.readAll(TrainedFixture.file(release + ".npz")));
    WeightMap weights = file.weights(variables);
    assertEquals(expected.under("generator/"), weights);
    Map<String, NdArray> slots = new LinkedHashMap<>(expected.under("optimizer/").tensors());
    // It is only in the description.
    slots.remove(variables.learningRate());
    assertEquals(Optional.of(new WeightMap(slots)), file.slots(variables));
    assertClose(expected.get("output"), run(model, weights, expected.get("input")));
  }

  @Test
  void readsWeightsAloneInTheLegacyLayout() {
    ModelVariables variables =
        KerasConfig.variables(TrainedFixture.model("keras213.keras", "generator"));
    KerasFile file = KerasFile.read(TrainedFixture.file("keras213-weights-alone.h5"));
    WeightMap expected = new WeightMap(Npz.readAll(TrainedFixture.file("keras213.npz")));
    assertEquals(expected.under("generator/"), file.weights(variables));
    assertEquals(Optional.of(List.of(3, 8)), file.shape("dense", 0));
  }

  /** Written at the root of the file, as Keras 2 does. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void recognizesNetworksOfTheNotebookInLegacyWeights(boolean judges) throws IOException {
    Sequential model = judges ? Dcgan.discriminator() : Dcgan.generator(Variant.TRANSPOSED, 10);
    Hdf5Content layout =
        LegacyLayout.of(KerasConfig.variables(model), Zeros.of(model), Optional.empty());
    Hdf5Content alone = new Hdf5Content();
    String root = "model_weights/";
    layout
        .dataSets()
        .forEach((path, numbers) -> alone.addDataSet(path.substring(root.length()), numbers));
    layout
        .attributes()
        .forEach(
            (group, texts) ->
                texts.forEach(
                    (name, values) ->
                        alone.addAttribute(
                            group.length() < root.length() ? "" : group.substring(root.length()),
                            name,
                            values)));
    Path file = Files.write(folder.resolve("weights.h5"), Hdf5Writer.bytes(alone));
    Optional<Variant> variant = judges ? Optional.empty() : Optional.of(Variant.TRANSPOSED);
    assertEquals(model.nodes(), ModelFile.read(file, variant).model().nodes());
  }

  /** The expected numbers are NumPy's. */
  @Test
  void readsHalfPrecision() {
    assertEquals(
        new WeightMap(Npz.readAll(TrainedFixture.file("half.npz"))),
        KerasFile.read(TrainedFixture.file("half.weights.h5"))
            .weights(TrainedFixture.DISCRIMINATOR.variables()));
  }

  private static NdArray run(Sequential model, WeightMap weights, NdArray input) {
    try (InferenceSession session =
        new InferenceSession(model, weights, Device.CPU, Pass.Form.EXACT)) {
      return session.run(input, 32);
    }
  }

  private static void assertClose(NdArray expected, NdArray received) {
    assertEquals(expected.shape(), received.shape());
    assertArrayEquals(expected.floats(), received.floats(), TOLERANCE);
  }
}
