package org.kerastwin.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.run.Trainer.Limits;
import org.kerastwin.run.Trainer.Outcome;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.runtime.ProcessMemory;
import org.kerastwin.training.StepMetrics;
import org.kerastwin.weights.WeightMap;

/**
 * Runs the steps from a checkpoint to the end of the run, and writes files at the end of each
 * epoch.
 */
final class TrainingLoop {
  private final RunConfig config;
  private final RunFolder folder;
  private final EpochOutput output;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private final TrainingState state;
  private final Position start;
  private Position at;
  private Position saved;
  private long savedAt;

  /**
   * Prepares the loop.
   *
   * @param output writes the files at an epoch's end
   * @param nanoTime the clock
   * @param state the state in the checkpoint
   * @param start the position of the checkpoint
   */
  TrainingLoop(
      RunConfig config,
      RunFolder folder,
      EpochOutput output,
      TrainingListener listener,
      LongSupplier nanoTime,
      TrainingState state,
      Position start) {
    this.config = config;
    this.folder = folder;
    this.output = output;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.state = state;
    this.start = start;
    this.at = start;
    this.saved = start;
    this.savedAt = nanoTime.getAsLong();
  }

  Outcome run(Limits limits) {
    ProcessMemory.returnUnused();
    Optional<Outcome> outcome = limits.reachedAt(at);
    if (at.step() > 0 && (outcome.isPresent() || at.isBetweenEpochs())) {
      // A run killed after its checkpoint may lack the files written next.
      write(samples(), outcome.isPresent());
    }
    if (outcome.isPresent()) {
      listener.epochStarted(at.epoch(), at.epochs(), at.stepInEpoch() + 1, at.stepsPerEpoch());
      reportEpochEnd();
    }
    while (outcome.isEmpty()) {
      step();
      outcome = limits.reachedAt(at).or(limits::interruption);
      if (outcome.isPresent() || at.isBetweenEpochs()) {
        endEpoch(outcome.isPresent());
      } else if (isCheckpointDue()) {
        save();
      }
    }
    return outcome.get();
  }

  private void step() {
    boolean epochStarts = at.equals(start) || at.isBetweenEpochs();
    at = at.next();
    if (epochStarts) {
      listener.epochStarted(at.epoch(), at.epochs(), at.stepInEpoch(), at.stepsPerEpoch());
    }
    StepMetrics metrics = state.gan().step(state.batches().next());
    state.history().add(at, metrics);
    if (!metrics.losses().areFinite()) {
      throw diverged("finite losses", metrics.losses());
    }
    state.watch().afterStep(at.step(), metrics.losses(), metrics.outputOnFake());
    listener.stepDone(metrics.losses());
    if (at.step() == start.step() + 1) {
      // The first run of a session optimizes the graph, which needs more memory than the run.
      ProcessMemory.returnUnused();
    }
  }

  private boolean isCheckpointDue() {
    return nanoTime.getAsLong() - savedAt
        >= Duration.ofMinutes(config.checkpointMinutes()).toNanos();
  }

  private void endEpoch(boolean runEnds) {
    NdArray samples = samples();
    state.watch().afterSamples(at.step(), samples);
    save();
    // Frees the copies of the state before the report and the models need memory.
    ProcessMemory.returnUnused();
    write(samples, runEnds);
    reportEpochEnd();
    ProcessMemory.returnUnused();
  }

  private void reportEpochEnd() {
    listener.epochEnded(
        at.epoch(),
        state.history().series().meanOfLast(at.stepInEpoch()),
        folder.files().images(at.epoch()));
  }

  private void save() {
    WeightMap variables = state.gan().state();
    requireFinite(variables);
    state.history().sync();
    folder
        .files()
        .checkpoints()
        .write(state.checkpoint(at, variables), config, saved.isBetweenEpochs());
    saved = at;
    savedAt = nanoTime.getAsLong();
  }

  private void requireFinite(WeightMap variables) {
    variables
        .firstNotFinite()
        .ifPresent(
            found -> {
              throw diverged("finite numbers at " + found.getKey(), found.getValue());
            });
  }

  /** Records the divergence and updates the report. The last good checkpoint stays. */
  private DivergedException diverged(String expected, Object received) {
    DivergedException divergence = new DivergedException(at.step(), expected, received);
    folder.files().checkpoints().markDivergence(at.step());
    output.diverged(at, state.history().series(), divergence.problem());
    return divergence;
  }

  private NdArray samples() {
    return state.gan().generate(sampleNoise(config));
  }

  private void write(NdArray samples, boolean runEnds) {
    output.write(
        new EpochEnd(
            at, runEnds, state.history().series(), state.watch().alarms(), samples, state.gan()));
  }

  /**
   * The noise of a run's samples, {@code [100, noiseDim]}: always the same, and from a separate
   * stream, so that it does not affect training.
   */
  static NdArray sampleNoise(RunConfig config) {
    return SeededNoise.of(config.seed(), RunFiles.GRID.cells(), config.gan().noiseDim());
  }
}
