package org.kerastwin.kerasmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.NamedLayer;
import org.kerastwin.model.Sequential;
import org.kerastwin.models.ModelSource;
import org.kerastwin.models.SavedModelOutput;
import org.kerastwin.runtime.Device;
import org.tensorflow.ndarray.Shape;

/**
 * Layers keep the names, flags and policies that their author gave them.
 * src/test/python/make_layer_fixtures.py made the files with Keras.
 */
class OwnNamesTest {
  private static final Path FILES = Path.of("src/test/resources/keras/files");

  /** Keras computes one matrix product of 5 terms in float16, whose rounding is 5e-4. */
  private static final float FLOAT_16 = 3e-3f;

  private static final List<String> NAMES = List.of("project", "norm", "image", "paint");

  @TempDir Path folder;

  private static ModelFile read(Path file) {
    return ModelFile.read(file, Optional.empty());
  }

  /** What Keras's description says of each layer: name, whether it is trained, and its policy. */
  private static List<String> described(Path file) {
    List<String> found = new ArrayList<>();
    JsonNode model =
        KerasConfig.parse(KerasFile.read(file).description().model().orElseThrow(), file);
    for (JsonNode layer : FlattenedLayers.layers(model)) {
      JsonNode config = layer.path("config");
      if (!layer.path("class_name").asText().equals("InputLayer")) {
        found.add(
            "%s %s %s"
                .formatted(
                    config.path("name").asText(),
                    config.path("trainable"),
                    new TrainingArguments(config).policy()));
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "chain-named.keras, a.h5",
    "chain-named.keras, a.keras",
    "chain-named.h5, a.keras",
    "chain-named.h5, a.h5"
  })
  void conversionsKeepNamesFlagsAndPolicies(String from, String to) {
    read(FILES.resolve(from)).write(folder.resolve(to));
    List<String> expected = described(FILES.resolve(from));
    assertEquals("project false mixed_float16", expected.get(0));
    assertEquals(expected, described(folder.resolve(to)));
    assertEquals(
        read(FILES.resolve("chain-named.keras")).weights(), read(folder.resolve(to)).weights());
  }

  @Test
  void savedModelsKeepNamesAndFlags() {
    ModelFile named = read(FILES.resolve("chain-named.keras"));
    Path saved = folder.resolve("saved");
    new SavedModelOutput(saved).write(named.model(), named.weights(), false);
    ModelFile again = new ModelSource(saved, Optional.empty(), Optional.empty()).read();
    assertEquals(named.model().nodes(), again.model().nodes());
    assertEquals(NAMES, names(again.model()));
  }

  private static List<String> names(Sequential model) {
    return model.nodes().stream().map(LayerNode::ownName).toList();
  }

  /** Weights keep the paths that are counted by class, as in all other files. */
  @Test
  void pathsDoNotDependOnNames() {
    ModelFile named = read(FILES.resolve("chain-named.keras"));
    assertEquals(NAMES, names(named.model()));
    assertFalse(named.weights().under("generator/dense/").paths().isEmpty());
  }

  /** Two inner models have layers of the same names, and frozen layers come last in {@code .h5}. */
  @ParameterizedTest
  @ValueSource(strings = {"chain-nested-frozen.keras", "chain-nested-frozen.h5"})
  void readsNestedModelsWithFrozenLayers(String name) {
    assertImages(read(FILES.resolve(name)), "nested-frozen", 1e-6f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain-named.keras", "chain-named.h5"})
  void givesTheImagesOfKeras(String name) {
    assertImages(read(FILES.resolve(name)), "named", FLOAT_16);
  }

  private static void assertImages(ModelFile model, String fixture, float rounding) {
    NdArray noise = Npz.read(FILES.resolve("chain-" + fixture + ".npz"), "input");
    float[] expected = Npz.read(FILES.resolve("chain-" + fixture + ".npz"), "output").floats();
    try (InferenceSession session =
        new InferenceSession(model.model(), model.weights(), Device.CPU, Pass.Form.EXACT)) {
      assertArrayEquals(expected, session.run(noise, 4).floats(), rounding);
    }
  }

  /** In Keras, names of a model's layers are unique and have no slashes. */
  @Test
  void namesAreLegal() {
    List<NamedLayer> layers = new ArrayList<>();
    for (String name : List.of("a/b", "same", "same", "", "flatten_3")) {
      layers.add(new NamedLayer(new Flatten(), Optional.of(name), true));
    }
    layers.add(NamedLayer.of(new Flatten()));
    assertEquals(
        List.of("a_b", "same", "same_1", "flatten_3", "flatten_3_1", "flatten_5"),
        names(new Sequential("m", Shape.of(2), layers)));
  }
}
