package org.kerastwin.kerasmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/**
 * Nested models and Functional chains are read as one sequence of layers. The files are made by
 * {@code src/test/python/make_layer_fixtures.py}.
 */
class ChainFilesTest {
  private static final Path FILES = Path.of("src/test/resources/keras/files");

  /** Ten small layers; a wrong order of their weights costs more than 0.1. */
  private static final double ROUNDING = 1e-5;

  private static NdArray images(ModelFile model, NdArray noise) {
    try (InferenceSession session =
        new InferenceSession(model.model(), model.weights(), Device.CPU, Pass.Form.EXACT)) {
      return session.run(noise, noise.shape().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nested",
        "functional",
        "functional-nested",
        "nested-functional",
        "activation-layers",
        "first-call"
      })
  void givesTheImagesOfKeras(String name, @TempDir Path folder) {
    ModelFile model = ModelFile.read(FILES.resolve("chain-" + name + ".keras"), Optional.empty());
    Map<String, NdArray> expected = Npz.readAll(FILES.resolve("chain-" + name + ".npz"));
    NdArray noise = expected.get("input");
    assertClose(expected.get("output"), images(model, noise), ROUNDING, name);
    Path written = folder.resolve("plain.keras");
    model.write(written);
    ModelFile again = ModelFile.read(written, Optional.empty());
    assertEquals(model.model().nodes(), again.model().nodes());
    assertEquals(images(model, noise), images(again, noise));
  }

  /** Keras's images are {@code [4, 9]} and {@code [4, 3, 2]}. */
  @ParameterizedTest
  @CsvSource({"pixels, 3, 3", "no-channels, 3, 2"})
  void makesImagesOfPixelsWithoutChannels(String name, int height, int width) {
    ModelFile model = ModelFile.read(FILES.resolve("chain-" + name + ".keras"), Optional.empty());
    Map<String, NdArray> expected = Npz.readAll(FILES.resolve("chain-" + name + ".npz"));
    NdArray images = images(model, expected.get("input"));
    assertEquals(List.of(4, height, width, 1), images.shape());
    assertClose(
        NdArray.ofFloats(expected.get("output").floats(), images.shape()), images, ROUNDING, name);
  }

  /** Keras's noise is {@code [4, 1, 1, 5]}. */
  @Test
  void takesNoiseOfOnePixel() {
    ModelFile model = ModelFile.read(FILES.resolve("chain-noise-image.keras"), Optional.empty());
    assertEquals(5, model.noiseDim());
    Map<String, NdArray> expected = Npz.readAll(FILES.resolve("chain-noise-image.npz"));
    NdArray noise = NdArray.ofFloats(expected.get("input").floats(), List.of(4, 5));
    assertClose(expected.get("output"), images(model, noise), ROUNDING, "images");
  }

  /** Keras's numbers have the 8 bits of bfloat16, or the 11 of float16; the error adds up. */
  @ParameterizedTest
  @CsvSource({"policy, 0.02", "policy-float16, 0.003"})
  void computesOtherPoliciesInFloat32(String name, double rounding) {
    ModelFile model = ModelFile.read(FILES.resolve("chain-" + name + ".keras"), Optional.empty());
    Map<String, NdArray> expected = Npz.readAll(FILES.resolve("chain-" + name + ".npz"));
    assertClose(expected.get("output"), images(model, expected.get("input")), rounding, name);
    assertTrue(
        model.unsupportedInTraining().get(0).contains("(Dense) dtype "),
        model.unsupportedInTraining().toString());
  }

  @Test
  void namesWhatOnlyMattersInTraining() {
    ModelFile model = ModelFile.read(FILES.resolve("chain-nested.keras"), Optional.empty());
    List<String> found = model.unsupportedInTraining();
    assertEquals(2, found.size(), found.toString());
    assertTrue(found.get(0).matches("dense\\w* \\(Dense\\) kernel_regularizer"), found.get(0));
    assertTrue(found.get(1).matches("dense\\w* \\(Dense\\) bias_constraint"), found.get(1));
  }

  /** {@code convert} must not lose what the owner's training needs. */
  @ParameterizedTest
  @ValueSource(strings = {"written.keras", "written.h5"})
  void keepsWhatOnlyMattersInTraining(String name, @TempDir Path folder) {
    ModelFile model = ModelFile.read(FILES.resolve("chain-nested.keras"), Optional.empty());
    model.write(folder.resolve(name));
    ModelFile again = ModelFile.read(folder.resolve(name), Optional.empty());
    assertEquals(model.trainingArguments(), again.trainingArguments());
    assertEquals(
        "L2",
        again
            .trainingArguments()
            .get("dense")
            .get("kernel_regularizer")
            .path("class_name")
            .asText());
  }

  private static final String CHAIN =
      """
      {"class_name": "Functional", "config": {"name": "g", "layers": [
        {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 3]},
         "inbound_nodes": []},
        {"class_name": "Flatten", "config": {"name": "a"}, "inbound_nodes": [FIRST]},
        {"class_name": "Flatten", "config": {"name": "b"}, "inbound_nodes": [SECOND]}],
        "output_layers": [["b", 0, 0]]}}
      """;

  /** Keras 2 lists the input tensors of each layer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[['in', 0, 0, {}]] | [['a', 0, 0, {}], ['in', 0, 0, {}]] | branches",
        "[['in', 0, 0, {}]] | [['in', 0, 0, {}]] | branches",
        "[['b', 0, 0, {}]]  | [['a', 0, 0, {}]] | branches",
        "[['in', 0, 0, {}]] | [['a', 0, 0, {}]], [['in', 0, 0, {}]] |"
            + " the layer 'b'; which is used 2 times",
        "[['in', 0, 0, {}]] | [['c', 0, 0, {}]] | branches",
        "[]                 | [['a', 0, 0, {}]] | branches",
      })
  void rejectsBranchesAndCycles(String first, String second, String received) {
    String message =
        assertThrows(EnvironmentException.class, () -> chain(first, second)).getMessage();
    String expected = "expected a chain of layers, received the model 'g' with " + received;
    assertTrue(message.contains(expected.replace(';', ',')), message);
  }

  @ParameterizedTest
  @CsvSource({"input, 2 inputs", "output, 2 outputs"})
  void namesSeveralInputsAndOutputs(String ends, String received) {
    String two = "\"%s_layers\": [[\"a\", 0, 0], [\"in\", 0, 0]]".formatted(ends);
    String json =
        CHAIN
            .replaceFirst("\"output_layers\": \\[.*]]", two)
            .replace("FIRST", "")
            .replace("SECOND", "");
    String message =
        assertThrows(EnvironmentException.class, () -> KerasConfig.sequential(json, "m", "file"))
            .getMessage();
    assertTrue(message.contains("the model 'g' with " + received), message);
  }

  /** {@code clip(0.2 * x + 0.5, 0, 1)} in Keras 2, {@code relu6(x + 3) / 6} in Keras 3. */
  @ParameterizedTest
  @CsvSource({"batch_input_shape, 0.7", "batch_shape, 0.6666667"})
  void readsTheHardSigmoidOfEachRelease(String shape, float expected) {
    String json =
        """
        {"class_name": "Sequential", "config": {"name": "g", "layers": [
          {"class_name": "InputLayer", "config": {"name": "in", "%s": [null, 3]}},
          {"class_name": "Activation", "config": {"name": "a", "activation": "hard_sigmoid"}}]}}
        """
            .formatted(shape);
    ModelFile model =
        new ModelFile(
            KerasConfig.sequential(json, "m", "file.keras"),
            new WeightMap(Map.of()),
            Optional.empty());
    NdArray found = images(model, NdArray.ofFloats(new float[] {1, -9, 9}, List.of(1, 3)));
    assertClose(
        NdArray.ofFloats(new float[] {expected, 0, 1}, List.of(1, 3)), found, ROUNDING, shape);
  }

  @Test
  void readsTheNodesOfKeras2() {
    assertEquals(2, chain("[['in', 0, 0, {}]]", "[['a', 0, 0, {}]]").nodes().size());
  }

  private static Sequential chain(String first, String second) {
    String json = CHAIN.replace("FIRST", first).replace("SECOND", second).replace('\'', '"');
    return KerasConfig.sequential(json, "m", "file.keras");
  }
}
