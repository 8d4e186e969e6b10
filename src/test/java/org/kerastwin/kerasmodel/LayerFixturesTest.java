package org.kerastwin.kerasmodel;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;
import static org.kerastwin.testing.Closeness.assertGradientsClose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.KerasFile.Format;
import org.kerastwin.layers.Affine;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Sequential;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.testing.AppliedModel;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;

/**
 * Each layer is read from Keras's config and gives Keras's output, gradients and state, made by
 * {@code src/test/python/make_layer_fixtures.py}.
 */
class LayerFixturesTest {
  /**
   * Another order of additions costs 3e-7 in short sums, and up to 4e-6 on another processor in
   * gradients that nearly cancel. The smallest of the planted faults, another epsilon, costs 3e-4.
   */
  private static final double ROUNDING = 1e-5;

  /** The least effect of a planted fault. */
  private static final double VISIBLE = 1e-4;

  private static final JsonNode CONFIGS = configs();
  private static final Map<String, NdArray> RESULTS = KerasFixtures.arrays("layer-results.npz");

  private static JsonNode configs() {
    try {
      return new ObjectMapper().readTree(KerasFixtures.text("layer-configs.json"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Set<String> cases() {
    Set<String> names = new TreeSet<>();
    CONFIGS.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String config(String name) {
    return CONFIGS.path(name).path("config").asText();
  }

  private static Sequential model(String config) {
    return KerasConfig.sequential(config, "m", "config.json");
  }

  private static Map<String, NdArray> result(String name, Mode mode) {
    return KerasFixtures.under(RESULTS, name + "/" + mode.name().toLowerCase(Locale.ROOT) + "/");
  }

  private static Map<String, NdArray> byPath(Map<String, NdArray> arrays, String prefix) {
    Map<String, NdArray> byPath = new LinkedHashMap<>();
    KerasFixtures.under(arrays, prefix).forEach((path, value) -> byPath.put("m/" + path, value));
    return byPath;
  }

  private static AppliedModel applied(Sequential model, String name, Mode mode, Form form) {
    Map<String, NdArray> expected = result(name, mode);
    return AppliedModel.of(
        model, mode, form, byPath(expected, "weight/"), expected.get("x"), expected.get("dy"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsKeras(String name) {
    Sequential model = model(config(name));
    for (Mode mode : List.of(Mode.INFERENCE, Mode.TRAINING)) {
      Map<String, NdArray> expected = result(name, mode);
      for (Form form : Form.values()) {
        String which = mode + " " + form + " ";
        AppliedModel found = applied(model, name, mode, form);
        assertClose(expected.get("y"), found.output(), ROUNDING, which + "output");
        assertClose(expected.get("dx"), found.inputGradient(), ROUNDING, which + "gradient");
        assertGradientsClose(byPath(expected, "gradient/"), found.gradients(), ROUNDING);
        assertStatesClose(byPath(expected, "state/"), found.stateUpdates());
      }
    }
  }

  private static void assertStatesClose(Map<String, NdArray> expected, Map<String, NdArray> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (path, value) -> {
          if (value.dtype() == DType.INT64) {
            assertEquals(value, found.get(path), path);
          } else {
            assertClose(value, found.get(path), ROUNDING, path);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void survivesJsonRoundTrips(String name) {
    Sequential model = model(config(name));
    for (Format format : List.of(Format.ARCHIVE, Format.LEGACY)) {
      String json = KerasDescription.of(format, model, Optional.empty()).model().orElseThrow();
      assertEquals(model.nodes(), model(json).nodes());
    }
  }

  /** Keras refuses a layer with an argument that its class does not take. */
  @ParameterizedTest
  @MethodSource("cases")
  void writesNoArgumentsThatKerasDoesNotWrite(String name) throws IOException {
    Map<String, Set<String>> ofKeras = arguments(config(name));
    Sequential model = model(config(name));
    for (Format format : List.of(Format.ARCHIVE, Format.LEGACY)) {
      String json = KerasDescription.of(format, model, Optional.empty()).model().orElseThrow();
      arguments(json)
          .forEach(
              (className, written) ->
                  assertTrue(
                      ofKeras.getOrDefault(className, written).containsAll(written),
                      () -> className + written));
    }
  }

  /** The names of the arguments of all layers in a description, by their classes. */
  private static Map<String, Set<String>> arguments(String json) throws IOException {
    Map<String, Set<String>> arguments = new TreeMap<>();
    for (JsonNode layer : new ObjectMapper().readTree(json).findValue("layers")) {
      Set<String> ofClass =
          arguments.computeIfAbsent(layer.path("class_name").asText(), name -> new TreeSet<>());
      layer.path("config").fieldNames().forEachRemaining(ofClass::add);
    }
    return arguments;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void worksInSavedModels(String name, @TempDir Path folder) throws IOException {
    Sequential model = model(config(name));
    Map<String, NdArray> expected = result(name, Mode.INFERENCE);
    Map<String, NdArray> own = byPath(expected, "weight/");
    own.keySet().removeIf(VariablePaths::isSeed);
    WeightMap weights = new WeightMap(own);
    SavedModelWriter.write(ModelGraph.of(model), weights, folder.resolve("model"));
    try (LoadedModel loaded = LoadedModel.open(folder.resolve("model"))) {
      NdArray found = loaded.run(expected.get("x"), 3);
      assertClose(expected.get("y"), found, ROUNDING, "output");
    }
  }

  /** The suite would notice an argument without effect. */
  @ParameterizedTest
  @MethodSource("cases")
  void detectsWrongArguments(String name) {
    JsonNode fault = CONFIGS.path(name).path("fault");
    String wrong = config(name).replace(fault.get(0).asText(), fault.get(1).asText());
    Sequential model = model(wrong);
    assertTrue(
        List.of(Mode.INFERENCE, Mode.TRAINING).stream()
            .anyMatch(mode -> differs(model, name, mode)));
  }

  private static boolean differs(Sequential model, String name, Mode mode) {
    Map<String, NdArray> expected = result(name, mode);
    Map<String, NdArray> weights = byPath(expected, "weight/");
    boolean sameWeights =
        model.weights().entrySet().stream()
            .allMatch(
                weight ->
                    weights.containsKey(weight.getKey())
                        && weights.get(weight.getKey()).shape().equals(weight.getValue().shape()));
    List<Integer> output = new ArrayList<>(List.of(3));
    Arrays.stream(model.outputShape().asArray()).forEach(size -> output.add((int) size));
    if (!sameWeights || !output.equals(expected.get("y").shape())) {
      return true;
    }
    AppliedModel found = applied(model, name, mode, Form.EXACT);
    return distance(expected.get("y"), found.output()) > VISIBLE
        || byPath(expected, "state/").entrySet().stream()
            .filter(state -> state.getValue().dtype() == DType.FLOAT32)
            .anyMatch(
                state ->
                    distance(state.getValue(), found.stateUpdates().get(state.getKey())) > VISIBLE);
  }

  /** The relative L2 distance. */
  private static double distance(NdArray expected, NdArray found) {
    float[] a = expected.floats();
    float[] b = found.floats();
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      difference += (a[i] - b[i]) * (double) (a[i] - b[i]);
      norm += a[i] * (double) a[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** A layer of ours needs a line in the table, Keras's config and Keras's results. */
  @Test
  void everyLayerHasATableLineAndFixtures() throws Exception {
    Set<String> fixtures =
        cases().stream()
            .flatMap(name -> model(config(name)).nodes().stream())
            .map(node -> node.layer().className())
            .collect(Collectors.toCollection(TreeSet::new));
    List<Class<?>> layers = layerClasses();
    assertTrue(layers.size() > 9);
    assertAll(
        layers.stream()
            .map(Class::getSimpleName)
            .map(
                name ->
                    () -> {
                      assertTrue(LayerTable.of(name).isPresent(), name + " has no line");
                      assertTrue(fixtures.contains(name), name + " has no fixture");
                    }));
  }

  private static List<Class<?>> layerClasses() throws Exception {
    Path root = Path.of(Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> layers = new ArrayList<>();
    String[] files = root.resolve("org/kerastwin/layers").toFile().list();
    for (String file : files) {
      Class<?> type = Class.forName("org.kerastwin.layers." + file.replaceFirst("\\.class$", ""));
      // Keras has no layer for a folded batch normalization.
      if (Layer.class.isAssignableFrom(type) && !type.isInterface() && type != Affine.class) {
        layers.add(type);
      }
    }
    return layers;
  }
}
