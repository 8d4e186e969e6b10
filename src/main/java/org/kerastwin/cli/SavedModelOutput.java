package org.kerastwin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;

/**
 * A folder in which a model is left as a SavedModel.
 *
 * @param folder the folder
 */
record SavedModelOutput(Path folder) {
  /**
   * Replaces the folder.
   *
   * @throws EnvironmentException if something is there that is no SavedModel: it is the user's own
   */
  void write(ModelFile file) {
    requireReplaceable();
    InferenceGraph graph =
        file.isDiscriminator()
            ? ModelGraph.of(file.model(), "images", "probability")
            : ModelGraph.of(file.model(), "noise", "images");
    AtomicFolder.replace(folder, target -> SavedModelWriter.write(graph, file.weights(), target));
  }

  private void requireReplaceable() {
    if (!Files.exists(folder) || Files.isRegularFile(folder.resolve("saved_model.pb"))) {
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      if (children.findAny().isEmpty()) {
        return;
      }
    } catch (IOException noFolder) {
      // Said below.
    }
    throw new EnvironmentException(
        "output", folder, "a new or empty folder, or an older SavedModel", "something else");
  }
}
