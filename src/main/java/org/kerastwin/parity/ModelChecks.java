package org.kerastwin.parity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.graph.Device;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.WeightMap;

/**
 * Checks of a model that need no reference: what is written of it and read again gives the same
 * weights and images, and the state of its training is possible.
 *
 * @param name what to call it
 * @param network its layers
 * @param weights its weights, by path
 */
public record ModelChecks(String name, Sequential network, WeightMap weights) {
  private static final int BATCH = 4;
  private static final long SEED = 0;

  /**
   * Makes the checks.
   *
   * @param state of its training, by path; empty if it carries none
   */
  public Report run(Map<String, NdArray> state) {
    List<Verdict> verdicts = new ArrayList<>();
    try {
      addWeights(verdicts);
      addState(verdicts, state);
      addImages(verdicts);
    } catch (IOException e) {
      throw IoFailure.of("folder", System.getProperty("java.io.tmpdir"), "one to write to", e);
    }
    return new Report(
        verdicts, state.isEmpty() ? List.of(name + ": the model carries no optimizer") : List.of());
  }

  /** Written as an archive and read again. */
  private void addWeights(List<Verdict> verdicts) throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path file = temporary.path().resolve("weights.npz");
      Npz.write(file, weights.tensors(), ZipWriter.Compression.STORED);
      Map<String, NdArray> read = Npz.readAll(file);
      weights
          .tensors()
          .forEach(
              (path, value) ->
                  verdicts.add(verdict(Stage.WEIGHTS, path, read.get(path), value.floats())));
    }
  }

  /** What can't be negative in any training: variances and second moments. */
  private void addState(List<Verdict> verdicts, Map<String, NdArray> state) {
    state.forEach(
        (path, value) -> {
          if (path.endsWith("/moving_variance") || path.endsWith("/velocity")) {
            float[] possible = value.floats();
            for (int i = 0; i < possible.length; i++) {
              possible[i] = Math.max(0, possible[i]);
            }
            verdicts.add(verdict(Stage.WEIGHTS, path + ".not_negative", value, possible));
          }
        });
  }

  /** Written as a SavedModel and loaded again. */
  private void addImages(List<Verdict> verdicts) throws IOException {
    List<Integer> shape = List.of(BATCH, Math.toIntExact(network.inputShape().get(0)));
    NdArray noise = new Draws(SEED).noise("input", shape);
    float[] images;
    try (InferenceSession session =
        new InferenceSession(network, weights, Device.CPU, Pass.Form.EXACT)) {
      images = session.run(noise, BATCH).floats();
    }
    NdArray reloaded = SavedModelStage.reload(network, weights, noise);
    verdicts.add(verdict(Stage.SAVEDMODEL, SavedModelStage.OUTPUT, reloaded, images));
  }

  private Verdict verdict(Stage stage, String tensor, NdArray ours, float[] expected) {
    return Verdict.of(
        name,
        new TensorKey(stage, tensor),
        ours.floats(),
        new Reference.Tensor(ours.shape(), expected, Optional.empty()));
  }
}
