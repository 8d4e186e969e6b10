package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Path;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.weights.WeightMap;

/** The network, exported as a SavedModel and loaded back. */
public final class SavedModelStage {
  private SavedModelStage() {}

  /**
   * Exports a network, loads it back and runs it.
   *
   * @param input {@code [batch, …]}, run as one batch
   */
  public static NdArray reload(InferenceGraph network, WeightMap weights, NdArray input)
      throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path folder = temporary.path().resolve("saved_model");
      SavedModelWriter.write(network, weights, folder);
      try (LoadedModel loaded = LoadedModel.open(folder)) {
        return loaded.run(input, input.shape().get(0));
      }
    }
  }
}
