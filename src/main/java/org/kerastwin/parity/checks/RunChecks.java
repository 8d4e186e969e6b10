package org.kerastwin.parity.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.run.folder.History;
import org.kerastwin.run.folder.HistorySteps;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.run.folder.StoredRun;
import org.kerastwin.run.folder.TrainingCheckpoint;
import org.kerastwin.runtime.Device;
import org.kerastwin.savedmodel.SavedModelFolder;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.WeightAverage;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/**
 * Checks whether the parts of a run folder belong together: the state in the checkpoint, the rows
 * of the history, and both forms of the generator. Also checks the forms of the discriminator.
 *
 * @param name of the model in reports
 * @param generator its layers
 * @param run the run
 */
public record RunChecks(String name, Sequential generator, StoredRun run) {
  /** The columns of the history that a checkpoint stores too. */
  private static final List<StepSeries.Column> LOSSES =
      List.of(
          StepSeries.Column.D_LOSS_REAL, StepSeries.Column.D_LOSS_FAKE, StepSeries.Column.G_LOSS);

  /**
   * Runs the checks.
   *
   * @throws EnvironmentException if a part is missing or damaged
   */
  public Report check() {
    TrainingCheckpoint checkpoint = run.checkpoint();
    requireVariables(checkpoint);
    HistorySteps history = History.read(new RunFiles(run.folder()).history(), checkpoint.step());
    Report report =
        ofState(checkpoint)
            .and(ofDiscriminator(checkpoint.state()))
            .and(ofHistory(history, checkpoint))
            .and(ofQuality());
    // The history of a killed run continues after its last checkpoint.
    if (history.later() > 0) {
      return report.and(
          notApplicable("the run was cut short; its models may be older than its checkpoint"));
    }
    Path model = new RunFiles(run.folder()).model(history.epoch());
    if (!Files.isRegularFile(model)) {
      return report.and(
          notApplicable("the run continues; its models are older than its checkpoint"));
    }
    WeightMap expected =
        WeightAverage.averaged(checkpoint.state(), generator.name()).withoutSeeds();
    return report.and(ofModel(model, expected)).and(ofSavedModel(expected));
  }

  private Report ofState(TrainingCheckpoint checkpoint) {
    Map<String, NdArray> state = new LinkedHashMap<>(checkpoint.state().tensors());
    // An Adam from a file has also counted its updates before the run.
    if (run.config().initialWeights().isEmpty()) {
      NdArray step = NdArray.ofLongs(new long[] {checkpoint.step()}, List.of());
      state.put(TrainingCheckpoint.STEP, step);
    }
    return new StateChecks(name, state).run();
  }

  /** Compares the rows with the losses in the checkpoint; earlier versions stored none there. */
  private Report ofHistory(HistorySteps history, TrainingCheckpoint checkpoint) {
    List<TensorComparison> comparisons = new ArrayList<>();
    List<Integer> shape = List.of(history.series().steps());
    if (history.series().steps() > 0) {
      NdArray epochs = NdArray.ofFloats(history.epochs(), shape);
      comparisons.add(comparison("history.csv/epoch", epochs, history.regularEpochs()));
    }
    checkpoint
        .series()
        .filter(stored -> stored.steps() > 0)
        .ifPresent(
            stored ->
                LOSSES.forEach(
                    loss ->
                        comparisons.add(
                            comparison(
                                "history.csv/" + loss.name().toLowerCase(Locale.ROOT),
                                NdArray.ofFloats(history.series().column(loss), shape),
                                stored.column(loss)))));
    checkpoint
        .series()
        .flatMap(stored -> changed(history, stored))
        .ifPresent(change -> comparisons.add(different("history.csv", change)));
    return new Report(comparisons, List.of());
  }

  /** The first row of the history that was changed. */
  private Optional<Problem> changed(HistorySteps history, StepSeries stored) {
    try {
      History.requireRows(
          new RunFiles(run.folder()).history(), stored, history.regularEnd(run.config().epochs()));
      return Optional.empty();
    } catch (EnvironmentException change) {
      return Optional.of(change.problem());
    }
  }

  private Report ofQuality() {
    return new Report(
        run.changedQuality().map(change -> different("quality.csv", change)).stream().toList(),
        List.of());
  }

  private TensorComparison different(String file, Problem change) {
    return TensorComparison.failed(name, new TensorKey(Stage.STATE, file), change.toString());
  }

  /** The weights of the discriminator are only in the checkpoint. */
  private Report ofDiscriminator(WeightMap state) {
    Sequential discriminator = run.config().networks().discriminator();
    WeightMap weights = state.ofModel(Dcgan.DISCRIMINATOR).withoutSeeds();
    return new ModelChecks(Dcgan.DISCRIMINATOR, discriminator, weights).run();
  }

  private Report ofModel(Path model, WeightMap expected) {
    WeightMap found = KerasFile.read(model).weights(KerasConfig.variables(generator));
    return ofWeights("models/" + model.getFileName() + "/", found, expected);
  }

  private Report ofSavedModel(WeightMap expected) {
    Path saved = new RunFiles(run.folder()).savedModel();
    if (!Files.isDirectory(saved)) {
      return notApplicable("the run has no saved_model/");
    }
    return ofWeights("saved_model/", SavedModelFolder.open(saved).variables(), expected)
        .and(new ModelChecks(name, generator, expected).ofSavedModel(saved));
  }

  private Report ofWeights(String prefix, WeightMap found, WeightMap expected) {
    WeightTypes.of(expected).require(found, run.folder());
    List<TensorComparison> comparisons = new ArrayList<>();
    expected
        .tensors()
        .forEach(
            (path, value) ->
                comparisons.add(comparison(prefix + path, found.get(path), value.floats())));
    return new Report(comparisons, List.of());
  }

  private Report notApplicable(String reason) {
    return new Report(List.of(), List.of(name + ": " + reason));
  }

  /** A checkpoint has all variables of both networks and both optimizers, and no others. */
  private void requireVariables(TrainingCheckpoint checkpoint) {
    RunConfig config = run.config();
    try (GanStep gan = new GanStep(config.networks(), config.gan(), Device.CPU, () -> 0)) {
      gan.stateTypes().require(checkpoint.state(), run.file());
    }
  }

  private TensorComparison comparison(String tensor, NdArray ours, float[] expected) {
    return TensorComparison.between(name, new TensorKey(Stage.STATE, tensor), ours, expected);
  }
}
