package org.kerastwin.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.graph.Device;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.model.KerasConfig;
import org.kerastwin.model.Sequential;
import org.kerastwin.savedmodel.SavedModelFolder;
import org.kerastwin.training.Checkpoint;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.RunConfig;
import org.kerastwin.training.RunConfigFile;
import org.kerastwin.training.RunFolder;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/**
 * Whether the parts of a run folder belong together: the state in the checkpoint, the rows of the
 * history, and the generator in its two forms.
 *
 * @param name what to call the model
 * @param generator its layers
 * @param folder the run
 */
public record RunChecks(String name, Sequential generator, Path folder) {
  /**
   * Makes the checks.
   *
   * @throws EnvironmentException if a part is missing or damaged
   */
  public Report run() {
    Checkpoint checkpoint = checkpoint();
    Map<String, NdArray> state = new LinkedHashMap<>(checkpoint.state().tensors());
    state.put(Checkpoint.STEP, NdArray.ofLongs(new long[] {checkpoint.step()}, List.of()));
    Report report = new StateChecks(name, state).run();
    long steps = checkpoint.step();
    List<String> history = history();
    long rows = history.size() - 1L;
    List<Verdict> verdicts = new ArrayList<>();
    // A run that was killed has rows of steps after its last checkpoint.
    NdArray counted = NdArray.ofFloats(new float[] {rows}, List.of(1));
    verdicts.add(verdict("history.csv", counted, new float[] {Math.max(rows, steps)}));
    if (rows > steps) {
      String reason = "%s: the run was cut short; its models may be older than its checkpoint";
      return report.and(new Report(verdicts, List.of(reason.formatted(name))));
    }
    Path model = RunFolder.model(folder, epoch(history));
    if (!Files.isRegularFile(model)) {
      String reason = "%s: the run goes on; its models are older than its checkpoint";
      return report.and(new Report(verdicts, List.of(reason.formatted(name))));
    }
    WeightMap expected = checkpoint.state().under(generator.name() + "/");
    addWeights(
        verdicts,
        "models/" + model.getFileName() + "/",
        KerasFile.read(model).weights(KerasConfig.variables(generator)),
        expected);
    if (Files.isDirectory(RunFolder.savedModel(folder))) {
      WeightMap served = SavedModelFolder.open(RunFolder.savedModel(folder)).variables();
      addWeights(verdicts, "saved_model/", served, expected);
      report =
          report.and(
              new ModelChecks(name, generator, expected)
                  .ofSavedModel(RunFolder.savedModel(folder)));
    }
    return report.and(new Report(verdicts, List.of()));
  }

  /** Whole: every variable of both networks and both optimizers, and no other. */
  private Checkpoint checkpoint() {
    RunConfig config = RunConfigFile.read(folder);
    try (GanStep gan = new GanStep(config.ganSettings(), Device.CPU, () -> 0)) {
      return Checkpoint.read(RunFolder.checkpoint(folder), gan.stateTypes());
    }
  }

  private List<String> history() {
    Path history = RunFolder.history(folder);
    try {
      return Files.readAllLines(history);
    } catch (IOException e) {
      throw IoFailure.of("history", history, "a file that can be read", e);
    }
  }

  /** Of the last step: the second number of its row; 0 before the first. */
  private int epoch(List<String> history) {
    String row = history.get(history.size() - 1);
    try {
      return history.size() < 2 ? 0 : Integer.parseInt(row.split(",", -1)[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
      throw new EnvironmentException(
          "history", RunFolder.history(folder), "rows of five numbers", "'" + row + "'");
    }
  }

  private void addWeights(
      List<Verdict> verdicts, String prefix, WeightMap found, WeightMap expected) {
    WeightTypes.of(expected).require(found, folder);
    expected
        .tensors()
        .forEach(
            (path, value) -> verdicts.add(verdict(prefix + path, found.get(path), value.floats())));
  }

  private Verdict verdict(String tensor, NdArray ours, float[] expected) {
    return Verdict.between(name, new TensorKey(Stage.STATE, tensor), ours, expected);
  }
}
