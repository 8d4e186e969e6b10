package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * A SavedModel on disk, looked at without TensorFlow: whether all is there, and what it offers.
 * TensorFlow's own messages name C++ sources; these name the file and what is wrong with it.
 *
 * @param layout where the files are
 * @param meta the part of {@code saved_model.pb} that is meant for serving
 * @param signature the input and the output
 */
record SavedModelFolder(Layout layout, MetaGraphDef meta, Signature signature) {
  private static final Set<String> VARIABLE_OPS = Set.of("VarHandleOp", "VariableV2");

  /**
   * Looks at a folder.
   *
   * @throws EnvironmentException if it is no SavedModel, is not whole, or has no signature with one
   *     float32 input and one float32 output
   */
  static SavedModelFolder open(Path folder) {
    Layout layout = new Layout(folder);
    if (!Files.isRegularFile(layout.model())) {
      String received =
          Files.isDirectory(folder)
              ? "a folder without it"
              : Files.exists(folder) ? "a file" : "no such folder";
      throw damaged(folder, "a folder with saved_model.pb", received);
    }
    try {
      MetaGraphDef meta = serving(parse(layout.model()), folder);
      SignatureDef signature = meta.getSignatureDefMap().get(Signature.NAME);
      if (signature == null) {
        throw damaged(
            folder,
            "the signature " + Signature.NAME,
            "the signatures " + meta.getSignatureDefMap().keySet());
      }
      requireVariables(layout, meta);
      if (Fingerprint.contradicts(layout)) {
        throw damaged(folder, "files as fingerprint.pb describes them", "changed or damaged ones");
      }
      return new SavedModelFolder(layout, meta, Signature.of(signature, folder));
    } catch (IOException e) {
      throw damaged(folder, "files that can be read", e.toString()).causedBy(e);
    }
  }

  private static SavedModel parse(Path where) throws IOException {
    byte[] file = Files.readAllBytes(where);
    if (file.length == 0) {
      throw damaged(where, "a SavedModel", "an empty file");
    }
    try {
      return SavedModel.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(where, "a SavedModel", "a file that is cut off, damaged or of another kind")
          .causedBy(e);
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
  }

  static EnvironmentException damaged(Path where, String expected, String received) {
    return new EnvironmentException(
        "SavedModel", where, expected, received, "Export the model again.");
  }
}
