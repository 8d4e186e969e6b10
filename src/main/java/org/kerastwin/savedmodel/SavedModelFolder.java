package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
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
import org.kerastwin.io.FileLimits;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.RegularFile;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SignatureDef;

/**
 * A SavedModel on disk: checks that it is complete, and reads its signature and variables. Its
 * graph is not run, since a graph may do anything, such as write files. Errors name the damaged
 * file; those of TensorFlow name C++ sources.
 */
public final class SavedModelFolder {
  private static final Set<String> VARIABLE_OPS = Set.of("VarHandleOp", "VariableV2");

  /** A graph has some kilobytes; a frozen one also holds its weights. */
  private static final long MAX_MODEL_BYTES = 256L << 20;

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
    if (!Files.isRegularFile(layout.model())) {
      String received =
          Files.isDirectory(folder)
              ? "a folder without it"
              : Files.exists(folder) ? "a file" : "no such folder";
      throw new EnvironmentException(
          problem(folder).expected("a folder with saved_model.pb").received(received));
    }
    MetaGraphDef meta = serving(parse(layout.model()), folder);
    SignatureDef signature = meta.getSignatureDefMap().get(Signature.NAME);
    if (signature == null) {
      throw new EnvironmentException(
          problem(folder)
              .expected("the signature " + Signature.NAME)
              .received("the signatures " + Excerpt.of(meta.getSignatureDefMap().keySet())));
    }
    requireVariables(layout, meta);
    requireUnchanged(layout);
    return new SavedModelFolder(layout, meta, Signature.of(signature, folder));
  }

  private static SavedModel parse(Path where) {
    byte[] file = RegularFile.bytes("SavedModel", where, MAX_MODEL_BYTES);
    if (file.length == 0) {
      throw new EnvironmentException(
          problem(where).expected("a SavedModel").received("an empty file"));
    }
    NativeRuntime.load();
    try {
      return SavedModel.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new EnvironmentException(
              problem(where)
                  .expected("a SavedModel")
                  .received("a file that is cut off, damaged or of another kind"))
          .causedBy(e);
    } catch (OutOfMemoryError e) {
      throw new EnvironmentException(
              problem(where).expected("a SavedModel that fits in memory").received("a larger one"))
          .causedBy(e);
    }
  }

  private static MetaGraphDef serving(SavedModel model, Path folder) {
    return model.getMetaGraphsList().stream()
        .filter(meta -> meta.getMetaInfoDef().getTagsList().contains(SavedModelBundle.DEFAULT_TAG))
        .findFirst()
        .orElseThrow(
            () ->
                new EnvironmentException(
                    problem(folder)
                        .expected("a graph with the tag " + SavedModelBundle.DEFAULT_TAG)
                        .received(model.getMetaGraphsCount() + " graphs without it")));
  }

  private static void requireVariables(Layout layout, MetaGraphDef meta) {
    boolean needed =
        meta.getGraphDef().getNodeList().stream()
            .anyMatch(node -> VARIABLE_OPS.contains(node.getOp()));
    if (needed && !Files.isRegularFile(layout.index())) {
      throw new EnvironmentException(
          problem(layout.folder())
              .expected("the weights in variables/variables.index")
              .received("no such file"));
    }
    requireAtMost(MAX_MODEL_BYTES, layout.index());
    requireAtMost(FileLimits.BYTES, layout.data());
  }

  private static void requireAtMost(long most, Path file) {
    long bytes = file.toFile().length();
    if (bytes > most) {
      throw new EnvironmentException(
          problem(file)
              .expected("at most %d bytes".formatted(most))
              .received("%d".formatted(bytes)));
    }
  }

  private static void requireUnchanged(Layout layout) {
    try {
      if (Fingerprint.contradicts(layout)) {
        throw new EnvironmentException(
            problem(layout.folder())
                .expected("files that match fingerprint.pb")
                .received("changed or damaged ones"));
      }
    } catch (IOException e) {
      boolean named = e instanceof FileSystemException file && file.getFile() != null;
      Object where = named ? ((FileSystemException) e).getFile() : layout.folder();
      throw IoFailure.of("SavedModel", where, "a file that can be read", e);
    }
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

  private static Problem problem(Path where) {
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
