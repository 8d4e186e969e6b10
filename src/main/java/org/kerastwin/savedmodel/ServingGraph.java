package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.FileLimits;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.RegularFile;
import org.kerastwin.runtime.NativeRuntime;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Reads the serving graph of a SavedModel, and checks that the files beside it are complete and
 * unchanged.
 */
final class ServingGraph {
  private static final Set<String> VARIABLE_OPS = Set.of("VarHandleOp", "VariableV2");

  /** A graph has some kilobytes; a frozen one also holds its weights. */
  private static final long MAX_MODEL_BYTES = 256L << 20;

  private ServingGraph() {}

  /**
   * Reads the graph.
   *
   * @throws EnvironmentException if a file is missing, damaged, changed or too large
   */
  static MetaGraphDef read(Layout layout) {
    Path folder = layout.folder();
    if (!Files.isRegularFile(layout.model())) {
      String received =
          Files.isDirectory(folder)
              ? "a folder without it"
              : Files.exists(folder) ? "a file" : "no such folder";
      throw new EnvironmentException(
          SavedModelFolder.problem(folder)
              .expected("a folder with saved_model.pb")
              .received(received));
    }
    MetaGraphDef graph = serving(parse(layout.model()), folder);
    requireVariables(layout, graph);
    requireUnchanged(layout);
    return graph;
  }

  private static SavedModel parse(Path where) {
    byte[] file = RegularFile.bytes("SavedModel", where, MAX_MODEL_BYTES);
    if (file.length == 0) {
      throw new EnvironmentException(
          SavedModelFolder.problem(where).expected("a SavedModel").received("an empty file"));
    }
    NativeRuntime.load();
    try {
      return SavedModel.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new EnvironmentException(
              SavedModelFolder.problem(where)
                  .expected("a SavedModel")
                  .received("a file that is cut off, damaged or of another kind"))
          .causedBy(e);
    } catch (OutOfMemoryError e) {
      throw new EnvironmentException(
              SavedModelFolder.problem(where)
                  .expected("a SavedModel that fits in memory")
                  .received("a larger one"))
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
                    SavedModelFolder.problem(folder)
                        .expected("a graph with the tag " + SavedModelBundle.DEFAULT_TAG)
                        .received(model.getMetaGraphsCount() + " graphs without it")));
  }

  private static void requireVariables(Layout layout, MetaGraphDef meta) {
    boolean needed =
        meta.getGraphDef().getNodeList().stream()
            .anyMatch(node -> VARIABLE_OPS.contains(node.getOp()));
    if (needed && !Files.isRegularFile(layout.index())) {
      throw new EnvironmentException(
          SavedModelFolder.problem(layout.folder())
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
          SavedModelFolder.problem(file)
              .expected("at most %d bytes".formatted(most))
              .received("%d".formatted(bytes)));
    }
  }

  private static void requireUnchanged(Layout layout) {
    try {
      if (Fingerprint.contradicts(layout)) {
        throw new EnvironmentException(
            SavedModelFolder.problem(layout.folder())
                .expected("files that match fingerprint.pb")
                .received("changed or damaged ones"));
      }
    } catch (IOException e) {
      boolean named = e instanceof FileSystemException file && file.getFile() != null;
      Object where = named ? ((FileSystemException) e).getFile() : layout.folder();
      throw IoFailure.of("SavedModel", where, "a file that can be read", e);
    }
  }
}
