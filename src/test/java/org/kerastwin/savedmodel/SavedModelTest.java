package org.kerastwin.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Loads written models again: the same bits, names, variables and files. */
class SavedModelTest {
  /**
   * TensorFlow folds constant weights in another order, which changes the last bits of values of at
   * most 1.
   */
  private static final float FOLDED_CONSTANTS = 2e-6f;

  private final TinyGenerator.Model generator = TinyGenerator.of(1);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("saved_model");
    SavedModelWriter.write(generator.graph(), generator.weights(), folder);
  }

  @Test
  void writesTheFilesOfTensorFlow2() throws IOException {
    assertEquals(
        List.of(
            "fingerprint.pb",
            "saved_model.pb",
            "variables/variables.data-00000-of-00001",
            "variables/variables.index"),
        List.copyOf(files(folder).keySet()));
  }

  @Test
  void givesTheSameBitsInTensorFlowJava() {
    NdArray noise = TinyGenerator.noise(7);
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve");
        TFloat32 input = Tensors.of(noise.floats(), Tensors.shape(noise.shape()));
        Result result = bundle.function("serving_default").call(Map.of("noise", input))) {
      NdArray images = Tensors.toNdArray(result.get("images").orElseThrow());
      assertEquals(generator.run(noise, 7), images);
    }
  }

  @Test
  void keepsNamesAndOpenBatchInTheSignature() {
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve")) {
      Signature signature = bundle.function("serving_default").signature();
      assertEquals("tensorflow/serving/predict", signature.methodName());
      assertEquals(Set.of("noise"), signature.inputNames());
      assertEquals(Set.of("images"), signature.outputNames());
    }
    try (LoadedModel model = LoadedModel.open(folder)) {
      assertEquals(List.of(-1L, 5L), model.input().shape());
      assertEquals(List.of(-1L, 6L, 6L, 1L), model.output().shape());
    }
  }

  @Test
  void givesTheSameBitsForBatchesOfAnySize() {
    NdArray noise = TinyGenerator.noise(7);
    try (LoadedModel model = LoadedModel.open(folder)) {
      for (int batchSize : List.of(1, 3, 7, 100)) {
        assertEquals(
            generator.run(noise, batchSize),
            model.run(noise, batchSize),
            () -> "batches of " + batchSize);
      }
    }
  }

  @Test
  void rejectsInputsOfOtherShapes() {
    try (LoadedModel model = LoadedModel.open(folder)) {
      NdArray wide = NdArray.ofFloats(new float[6], List.of(1, 6));
      NdArray none = NdArray.ofFloats(new float[0], List.of(0, 5));
      assertThrows(IllegalArgumentException.class, () -> model.run(wide, 1));
      assertThrows(IllegalArgumentException.class, () -> model.run(none, 1));
    }
  }

  @Test
  void readsVariablesByPathInOrder() {
    WeightMap variables = SavedModelFolder.open(folder).variables();
    assertEquals(List.copyOf(generator.weights().paths()), List.copyOf(variables.paths()));
    assertEquals(generator.weights(), variables);
  }

  @Test
  void writesTheSameBytesForTheSameWeights() throws IOException {
    Path again = temporary.resolve("elsewhere/again");
    SavedModelWriter.write(TinyGenerator.of(1).graph(), generator.weights(), again);
    assertSameFiles(files(folder), files(again));

    Path other = temporary.resolve("other");
    SavedModelWriter.write(generator.graph(), TinyGenerator.of(2).weights(), other);
    assertNotEquals(
        Arrays.hashCode(files(folder).get("fingerprint.pb")),
        Arrays.hashCode(files(other).get("fingerprint.pb")));
  }

  @Test
  void savesTheSameVariablesAgain() throws IOException {
    Path prefix = Files.createDirectories(temporary.resolve("copy")).resolve("variables");
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve");
        TString name = TString.scalarOf(prefix.toString())) {
      bundle
          .session()
          .runner()
          .feed(bundle.metaGraphDef().getSaverDef().getFilenameTensorName(), name)
          .fetch(bundle.metaGraphDef().getSaverDef().getSaveTensorName())
          .run()
          .close();
    }
    assertEquals(generator.weights(), new TensorBundle(prefix).read(generator.weights().paths()));
  }

  @Test
  void freezesWithoutChangingImages() throws IOException {
    Path frozen = temporary.resolve("frozen");
    SavedModelWriter.write(
        generator.graph().frozen(generator.weights()), generator.weights(), frozen);
    NdArray noise = TinyGenerator.noise(4);
    try (LoadedModel model = LoadedModel.open(frozen)) {
      assertArrayEquals(
          generator.run(noise, 4).floats(), model.run(noise, 4).floats(), FOLDED_CONSTANTS);
    }
    assertTrue(SavedModelFolder.open(frozen).variables().paths().isEmpty());
  }

  @Test
  void omitsDefaultAttributes() throws IOException {
    for (NodeDef node : allNodes()) {
      for (String attribute : List.of("debug_name", "grad_a", "data_format", "container")) {
        assertTrue(!node.containsAttr(attribute), () -> node.getName() + " mentions " + attribute);
      }
    }
  }

  @Test
  void writesStringsUnpacked() throws IOException {
    List<AttrValue> strings = new ArrayList<>();
    for (NodeDef node : allNodes()) {
      if (node.getOp().equals("Const")
          && node.getAttrOrThrow("dtype").getType() == DataType.DT_STRING) {
        strings.add(node.getAttrOrThrow("value"));
      }
    }
    assertEquals(5, strings.size());
    strings.forEach(value -> assertTrue(value.getTensor().getTensorContent().isEmpty()));
  }

  @Test
  void omitsUnneededNodes() throws IOException {
    GraphDef.Builder graph = generator.graph().graph().toBuilder();
    graph.addNode(new Node("NoOp", "of_no_use").build());
    InferenceGraph crowded =
        new InferenceGraph(
            graph.build(),
            generator.graph().input(),
            generator.graph().output(),
            generator.graph().weights());
    Path tidy = temporary.resolve("tidy");
    SavedModelWriter.write(crowded, generator.weights(), tidy);
    assertSameFiles(files(folder), files(tidy));
  }

  @Test
  void keepsFoldersWithFiles() throws IOException {
    Map<String, byte[]> before = files(folder);
    assertThrows(
        EnvironmentException.class,
        () -> SavedModelWriter.write(generator.graph(), generator.weights(), folder));
    assertSameFiles(before, files(folder));
  }

  @Test
  void rejectsFilesInPlaceOfFolders() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThrows(
        IOException.class,
        () -> SavedModelWriter.write(generator.graph(), generator.weights(), file));
  }

  /** TensorFlow's message on a full disk. */
  @Test
  void reportsTheErrorOfTheSystem() {
    assertEquals(
        "No space left on device",
        SavedModelWriter.reason(
            "/a; b/.kerastwin-1.tmp/variables/variables.data-00000-of-00001.tempstate93008127;"
                + " No space left on device\n\t [[{{node save}}]]\nHint: If you want to see"));
    assertEquals("Out of range", SavedModelWriter.reason("Out of range"));
  }

  @Test
  void rejectsMissingWeightsBeforeWriting() {
    Path none = temporary.resolve("none");
    WeightMap incomplete = generator.weights().under("generator/dense");
    assertThrows(
        IllegalArgumentException.class,
        () -> SavedModelWriter.write(generator.graph(), incomplete, none));
    assertTrue(Files.notExists(none));
  }

  private List<NodeDef> allNodes() throws IOException {
    GraphDef graph =
        SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")))
            .getMetaGraphs(0)
            .getGraphDef();
    List<NodeDef> nodes = new ArrayList<>(graph.getNodeList());
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      nodes.addAll(function.getNodeDefList());
    }
    return nodes;
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        files.put(name, Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
  }
}
