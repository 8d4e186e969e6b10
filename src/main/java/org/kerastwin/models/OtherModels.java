package org.kerastwin.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.FileName;

/** Tells users what to do about models in forms that this program does not read. */
final class OtherModels {
  private static final String CONVERTED =
      "This format can't be read; name the model that it was made from.";

  private static final String CHECKPOINT =
      "TensorFlow's checkpoints can't be read; in Keras, save the model to a .keras file.";

  /** What to do about other files that Keras users have, by their endings. */
  private static final Map<String, String> ADVICE =
      Map.of(
          ".onnx",
          CONVERTED,
          ".tflite",
          CONVERTED,
          ".index",
          CHECKPOINT,
          ".json",
          "A description has no weights; in Keras, save the model to a .keras file.",
          ".hdf5",
          "If it is a file of Keras, rename it so that its name ends in .h5.");

  private OtherModels() {}

  /**
   * Rejects a folder of TensorFlow's checkpoints.
   *
   * @throws EnvironmentException if it is one
   */
  static void rejectCheckpoint(Path folder) {
    // TensorFlow writes it beside the checkpoints to name the newest one.
    if (Files.isRegularFile(folder.resolve("checkpoint"))) {
      throw new EnvironmentException(
          Problem.with("model", folder)
              .expected("a run folder or a SavedModel")
              .received("checkpoints of TensorFlow")
              .advice(CHECKPOINT));
    }
  }

  /** The error for a file whose name has none of the known endings. */
  static UsageException anotherEnding(Path path) {
    Problem problem =
        Problem.with("model", path)
            .expected("a folder or a file that ends in " + ModelForm.FILES)
            .received("another ending");
    if (path.endsWith(ModelSource.SAVED_MODEL)) {
      Path folder = path.toAbsolutePath().getParent();
      return new UsageException(
          problem.advice("Name the folder of the SavedModel, '%s'.".formatted(folder)));
    }
    FileName name = FileName.of(path);
    return new UsageException(
        ADVICE.entrySet().stream()
            .filter(entry -> name.endsWith(entry.getKey()))
            .findFirst()
            .map(entry -> problem.advice(entry.getValue()))
            .orElse(problem));
  }
}
