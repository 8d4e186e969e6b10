package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.io.FileLimits;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.RegularFile;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SignatureDef;

/**
 * A SavedModel on disk: whether all is there, what it offers, its variables. Nothing of its graph
 * is run, since a graph can do what it likes, such as write files. TensorFlow's own messages name
 * C++ sources; these name the file and what is wrong with it.
 */
public final class SavedModelFolder {
  private static final Set<String> VARIABLE_OPS = Set.of("VarHandleOp", "VariableV2");

  /** A graph takes kilobytes; the weights of a frozen one are in it. */
  private static final long MAX_MODEL_BYTES = 256L << 20;

  private final Layout layout;
  private final MetaGraphDef meta;
  private final Signature signature;

  private SavedModelFolder(Layout layout, MetaGraphDef meta, Signature signature) {
    this.layout = layout;
    this.meta = meta;
    this.signature = signature;
  }

  /**
   * Looks at a folder.
   *
   * @throws EnvironmentException if it is no SavedModel, is not whole, or has no signature with one
   *     float32 input and one float32 output
   */
  public static SavedModelFolder open(Path folder) {
    Layout layout = new Layout(folder);
    if (!Files.isRegularFile(layout.model())) {
      String received =
          Files.isDirectory(folder)
              ? "a folder without it"
              : Files.exists(folder) ? "a file" : "no such folder";
      throw damaged(folder, "a folder with saved_model.pb", received);
    }
    MetaGraphDef meta = serving(parse(layout.model()), folder);
    SignatureDef signature = meta.getSignatureDefMap().get(Signature.NAME);
    if (signature == null) {
      throw damaged(
          folder,
          "the signature " + Signature.NAME,
          "the signatures " + Excerpt.of(meta.getSignatureDefMap().keySet()));
    }
    requireVariables(layout, meta);
    requireUnchanged(layout);
    return new SavedModelFolder(layout, meta, Signature.of(signature, folder));
  }

  private static SavedModel parse(Path where) {
    byte[] file = RegularFile.bytes("SavedModel", where, MAX_MODEL_BYTES);
    if (file.length == 0) {
      throw damaged(where, "a SavedModel", "an empty file");
    }
    NativeRuntime.load();
    try {
      return SavedModel.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(where, "a SavedModel", "a file that is cut off, damaged or of another kind")
          .causedBy(e);
    } catch (OutOfMemoryError e) {
      throw damaged(where, "a SavedModel that fits in memory", "more").causedBy(e);
    }
  }

  private static MetaGraphDef serving(SavedModel model, Path folder) {
    return model.getMetaGraphsList().stream()
        .filter(meta -> meta.getMetaInfoDef().getTagsList().contains(SavedModelBundle.DEFAULT_TAG))
        .findFirst()
        .orElseThrow(
            () ->
                damaged(
                    folder,
                    "a graph with the tag " + SavedModelBundle.DEFAULT_TAG,
                    model.getMetaGraphsCount() + " graphs without it"));
  }

  private static void requireVariables(Layout layout, MetaGraphDef meta) {
    boolean needed =
        meta.getGraphDef().getNodeList().stream()
            .anyMatch(node -> VARIABLE_OPS.contains(node.getOp()));
    if (needed && !Files.isRegularFile(layout.index())) {
      throw damaged(layout.folder(), "the weights in variables/variables.index", "no such file");
    }
    requireAtMost(MAX_MODEL_BYTES, layout.index());
    requireAtMost(FileLimits.BYTES, layout.data());
  }

  private static void requireAtMost(long most, Path file) {
    long bytes = file.toFile().length();
    if (bytes > most) {
      throw damaged(file, "at most %d bytes".formatted(most), "%d".formatted(bytes));
    }
  }

  private static void requireUnchanged(Layout layout) {
    try {
      if (Fingerprint.contradicts(layout)) {
        throw damaged(
            layout.folder(), "files as fingerprint.pb describes them", "changed or damaged ones");
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
   * The float32 variables by name; for a model of ours the names are our paths, in the order in
   * which they were written. Empty for a frozen model.
   *
   * @throws EnvironmentException if the model is not in TensorFlow 2's layout, or its checkpoint
   *     lacks variables or is damaged
   */
  public WeightMap variables() {
    Path path = layout.folder();
    if (!meta.hasObjectGraphDef()) {
      throw damaged(path, "the objects of a TensorFlow 2 model, which name its variables", "none");
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
        throw damaged(path, "all variables in its checkpoint", "none of " + Excerpt.of(names));
      }
      return variables;
    } catch (TensorFlowException | IllegalArgumentException | InvalidProtocolBufferException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Checks that the folder holds the graph that this program writes, functions and saver included:
   * nothing else may be run, and nothing else is what the names of the variables promise.
   *
   * @param graph the network's
   * @param weights of the shapes that the folder's variables have
   * @throws EnvironmentException if it holds another
   */
  public void requireGraph(InferenceGraph graph, WeightMap weights) {
    if (!withoutVersions(meta).equals(withoutVersions(SavedModelWriter.meta(graph, weights)))) {
      throw damaged(
          layout.folder(), "the graph that this program writes for the network", "another graph");
    }
  }

  /** Who wrote it does not matter. */
  static MetaGraphDef withoutVersions(MetaGraphDef meta) {
    MetaGraphDef.Builder plain = meta.toBuilder().clearMetaInfoDef();
    plain.getGraphDefBuilder().clearVersions();
    return plain.build();
  }

  static EnvironmentException damaged(Path where, String expected, String received) {
    return new EnvironmentException(
        "SavedModel", where, expected, received, "Export the model again.");
  }

  /** TensorFlow's messages go over many lines; the first says what happened. */
  static EnvironmentException unreadable(Path where, Exception cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return damaged(where, "a model that TensorFlow loads", reason).causedBy(cause);
  }
}
