package org.kerastwin.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;

/**
 * Writes a SavedModel in TensorFlow 2's layout: two functions (the network, and one for the
 * signature that calls it), a main graph for session loaders, an object graph for Python, a
 * checkpoint and a fingerprint. The same graph and weights always give the same bytes.
 */
public final class SavedModelWriter {
  /** TensorFlow recognizes the functions of a model by this form of name: prefix, name, number. */
  private static final String FUNCTION = "__inference_serve_1";

  private static final String WRAPPER = "__inference_signature_wrapper_2";

  private final InferenceGraph graph;
  private final WeightMap weights;

  private SavedModelWriter(InferenceGraph graph, WeightMap weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * Writes a model. The caller decides whether an existing model is replaced.
   *
   * @param graph the computation; a {@link InferenceGraph#frozen frozen} one gives a model without
   *     variables
   * @param weights float32 values for the paths of the graph, and possibly others
   * @param folder an empty folder, or one to create
   * @throws EnvironmentException if the folder is not empty
   * @throws IOException if the folder can't be written
   * @throws IllegalArgumentException if a path of the graph has no weight
   */
  public static void write(InferenceGraph graph, WeightMap weights, Path folder)
      throws IOException {
    write(graph, weights, Optional.empty(), folder);
  }

  /**
   * Writes a model that can be read back.
   *
   * @param architecture the layers as text, from which the model is rebuilt
   */
  public static void write(
      InferenceGraph graph, WeightMap weights, String architecture, Path folder)
      throws IOException {
    write(graph, weights, Optional.of(architecture), folder);
  }

  private static void write(
      InferenceGraph graph, WeightMap weights, Optional<String> architecture, Path folder)
      throws IOException {
    requireEmpty(folder);
    Layout layout = new Layout(folder);
    new SavedModelWriter(graph, weights).write(layout);
    if (architecture.isPresent()) {
      Files.createDirectories(layout.architecture().getParent());
      Files.writeString(layout.architecture(), architecture.get());
    }
  }

  private void write(Layout layout) throws IOException {
    MetaGraphDef meta = meta();
    Files.createDirectories(layout.variables());
    try {
      new TensorBundle(layout.checkpoint())
          .write(graph.values(weights), TensorBundle.objectGraph(meta.getObjectGraphDef()));
    } catch (TensorFlowException unwritable) {
      throw new IOException(reason(String.valueOf(unwritable.getMessage())), unwritable);
    }
    byte[] model =
        Deterministic.bytes(
            SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build());
    Files.write(layout.model(), model);
    Files.write(layout.fingerprint(), Deterministic.bytes(Fingerprint.of(layout, meta)));
  }

  /**
   * Extracts the operating system's message. TensorFlow puts the name of a temporary file before it
   * and a node of its graph after it.
   */
  static String reason(String message) {
    return message
        .replaceFirst("(?s)^.*\\.tempstate[0-9]+; ", "")
        .replaceFirst("(?s)\\s*\\[\\[\\{\\{node .*", "");
  }

  /**
   * The graph that {@link #write} puts into {@code saved_model.pb}.
   *
   * @param weights only their shapes matter, unless the graph is frozen
   */
  static MetaGraphDef meta(InferenceGraph graph, WeightMap weights) {
    return new SavedModelWriter(graph, weights).meta();
  }

  private MetaGraphDef meta() {
    SavedObjectGraph objects = ObjectGraph.of(graph, weights, FUNCTION, WRAPPER);
    FunctionDef function = new FunctionBody(graph, new OpRegistry()).define(FUNCTION, weights);
    FunctionDef wrapper = new FunctionCall(graph, FUNCTION).wrapper(WRAPPER, weights);
    MainGraph main = new MainGraph(graph, weights);
    GraphDef.Builder nodes = main.define(WRAPPER, TensorBundle.objectGraph(objects)).toBuilder();
    nodes.setLibrary(graph.graph().getLibrary());
    nodes.getLibraryBuilder().addFunction(function).addFunction(wrapper);
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
    meta.getMetaInfoDefBuilder()
        .addTags(SavedModelBundle.DEFAULT_TAG)
        .setTensorflowVersion(NativeRuntime.version())
        .setStrippedDefaultAttrs(true);
    return meta.setGraphDef(nodes)
        .setSaverDef(main.saver())
        .putSignatureDef(Signature.NAME, main.signature().toProto())
        .setObjectGraphDef(objects)
        .build();
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new EnvironmentException(
              Problem.with("SavedModel", folder)
                  .expected("an empty folder or none")
                  .received("a folder with files in it"));
        }
      }
    }
  }
}
