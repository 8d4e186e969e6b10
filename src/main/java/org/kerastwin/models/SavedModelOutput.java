package org.kerastwin.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.io.FileName;
import org.kerastwin.io.ReplaceableFolder;
import org.kerastwin.kerasmodel.Architecture;
import org.kerastwin.model.Sequential;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.weights.WeightMap;

/**
 * A folder to write a SavedModel to.
 *
 * @param folder the folder
 */
public record SavedModelOutput(Path folder) {
  /** Names that TensorFlow and this program use in the folder of a SavedModel. */
  private static final Set<String> PARTS =
      Set.of(
          "saved_model.pb",
          "fingerprint.pb",
          "keras_metadata.pb",
          "variables",
          "assets",
          "assets.extra");

  /**
   * Rejects a folder that can't be replaced, before any work is done for it.
   *
   * @throws UsageException if the name has an ending, as files have
   * @throws EnvironmentException if something other than a SavedModel is there
   */
  public void require() {
    if (!Files.exists(folder)) {
      if (FileName.of(folder).hasEnding()) {
        throw new UsageException(
            Problem.with("output", folder)
                .expected("a name without an ending")
                .received("one with an ending"));
      }
      return;
    }
    ReplaceableFolder.reasonToKeep(folder, SavedModelOutput::isPart)
        .or(this::reasonToKeepParts)
        .ifPresent(
            found -> {
              throw new EnvironmentException(
                  Problem.with("output", folder)
                      .expected("a new or empty folder, or one that holds only a SavedModel")
                      .received(found)
                      .advice("Choose another name."));
            });
  }

  /**
   * Replaces the folder.
   *
   * @param frozen whether the weights become constants
   */
  public void write(Sequential model, WeightMap weights, boolean frozen) {
    require();
    InferenceGraph graph = ModelGraph.of(model);
    InferenceGraph written = frozen ? graph.frozen(weights) : graph;
    AtomicFolder.replace(
        folder, target -> SavedModelWriter.write(written, weights, Architecture.of(model), target));
  }

  private static boolean isPart(Path child) {
    return PARTS.contains(child.getFileName().toString());
  }

  /** Folders with these names are no SavedModel without saved_model.pb. */
  private Optional<String> reasonToKeepParts() {
    boolean isModel = Files.isRegularFile(folder.resolve("saved_model.pb"));
    boolean isEmpty = ReplaceableFolder.reasonToKeep(folder, child -> false).isEmpty();
    return isModel || isEmpty ? Optional.empty() : Optional.of("one without saved_model.pb");
  }
}
