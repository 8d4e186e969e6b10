package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.RegularFile;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SignatureDef;

/**
 * A SavedModel on disk: its signature, variables and description of the layers. Its graph is not
 * run, since a graph may do anything, such as write files. Errors name the damaged file; those of
 * TensorFlow name C++ sources.
 */
public final class SavedModelFolder {
  /** A description has some kilobytes. */
  private static final long MAX_ARCHITECTURE_BYTES = 4L << 20;

  private final Layout layout;
  private final MetaGraphDef meta;
  private final Signature signature;

  private SavedModelFolder(Layout layout, MetaGraphDef meta, Signature signature) {
    this.layout = layout;
    this.meta = meta;
    this.signature = signature;
  }

  /**
   * Opens a folder.
   *
   * @throws EnvironmentException if it is not a SavedModel, is incomplete, or has no signature with
   *     one float32 input and one float32 output
   */
  public static SavedModelFolder open(Path folder) {
    Layout layout = new Layout(folder);
    MetaGraphDef meta = ServingGraph.read(layout);
    SignatureDef signature = meta.getSignatureDefMap().get(Signature.NAME);
    if (signature == null) {
      throw new EnvironmentException(
          problem(folder)
              .expected("the signature " + Signature.NAME)
              .received("the signatures " + Excerpt.of(meta.getSignatureDefMap().keySet())));
    }
    return new SavedModelFolder(layout, meta, Signature.of(signature, folder));
  }

  /** The input's name and shape; its first dimension, the batch, is usually open (-1). */
  public TensorSpec input() {
    return signature.input();
  }

  /** The output's name and shape. */
  public TensorSpec output() {
    return signature.output();
  }

  /**
   * The float32 variables by name, in the order in which they were written. In models of this
   * program the names are the paths of weights. Empty for a frozen model.
   *
   * @throws EnvironmentException if the model does not have TensorFlow 2's layout, or its
   *     checkpoint lacks variables or is damaged
   */
  public WeightMap variables() {
    Path path = layout.folder();
    if (!meta.hasObjectGraphDef()) {
      throw new EnvironmentException(
          problem(path)
              .expected("the objects of a TensorFlow 2 model, which name its variables")
              .received("none"));
    }
    Set<String> names = new LinkedHashSet<>();
    for (SavedObject object : meta.getObjectGraphDef().getNodesList()) {
      if (object.hasVariable() && object.getVariable().getDtype() == DataType.DT_FLOAT) {
        names.add(object.getVariable().getName());
      }
    }
    if (names.isEmpty()) {
      return new WeightMap(Map.of());
    }
    try {
      WeightMap variables = new TensorBundle(layout.checkpoint()).read(names);
      names.removeAll(variables.paths());
      if (!names.isEmpty()) {
        throw new EnvironmentException(
            problem(path)
                .expected("all variables in its checkpoint")
                .received("none of " + Excerpt.of(names)));
      }
      return variables;
    } catch (TensorFlowException | IllegalArgumentException | InvalidProtocolBufferException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * The weights that a frozen model has as constants, by the paths of a network's graph; empty if
   * it lacks some of them.
   */
  public Optional<WeightMap> constants(InferenceGraph graph) {
    Map<String, NdArray> constants = new HashMap<>();
    for (FunctionDef function : meta.getGraphDef().getLibrary().getFunctionList()) {
      for (NodeDef node : function.getNodeDefList()) {
        Node.floats(node).ifPresent(values -> constants.put(node.getName(), values));
      }
    }
    Map<String, NdArray> weights = new LinkedHashMap<>();
    for (WeightSlot slot : graph.weights()) {
      weights.put(slot.path(), constants.get(slot.placeholder()));
    }
    return weights.containsValue(null) ? Optional.empty() : Optional.of(new WeightMap(weights));
  }

  /**
   * This program's description of the layers, if the folder has one. The graph may differ from it,
   * so check it with {@link #requireGraph}.
   */
  public Optional<String> architecture() {
    return Files.isRegularFile(layout.architecture())
        ? Optional.of(
            new String(
                RegularFile.bytes("architecture", layout.architecture(), MAX_ARCHITECTURE_BYTES),
                StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * Checks that the folder holds exactly the graph that this program writes for a network,
   * functions and saver included.
   *
   * @param graph the graph of the network
   * @param weights weights with the shapes of the folder's variables
   * @throws EnvironmentException if it holds another graph
   */
  public void requireGraph(InferenceGraph graph, WeightMap weights) {
    if (!hasGraph(graph, weights)) {
      throw new EnvironmentException(
          problem(layout.folder())
              .expected("the graph that this program writes for the network")
              .received("another graph"));
    }
  }

  /** Whether the folder holds that graph. */
  public boolean hasGraph(InferenceGraph graph, WeightMap weights) {
    return withoutVersions(meta).equals(withoutVersions(SavedModelWriter.meta(graph, weights)));
  }

  /** Removes the versions of the program that wrote the graph. */
  static MetaGraphDef withoutVersions(MetaGraphDef meta) {
    MetaGraphDef.Builder plain = meta.toBuilder().clearMetaInfoDef();
    plain.getGraphDefBuilder().clearVersions();
    return plain.build();
  }

  static Problem problem(Path where) {
    return Problem.with("SavedModel", where).advice("Export the model again.");
  }

  /** Uses the first line of TensorFlow's message, which says what happened. */
  static EnvironmentException unreadable(Path where, Exception cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new EnvironmentException(
            problem(where).expected("a model that TensorFlow loads").received(reason))
        .causedBy(cause);
  }
}
