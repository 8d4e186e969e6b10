package org.kerastwin.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.ProcessMemory;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.StepMetrics;
import org.kerastwin.weights.WeightMap;

/**
 * The completed loop of the notebook: epochs of GAN steps, a picture of samples after each, and a
 * run folder from which the run can resume as if it had never stopped.
 */
public final class Trainer {
  private final RunConfig config;
  private final RunFolder folder;
  private final Split images;
  private final Device device;
  private final EpochOutput output;
  private final TrainingListener listener;

  /** Why a training ended. */
  public enum Outcome {
    /** All epochs are done. */
    COMPLETED,
    /** It has done as many steps as it was allowed. */
    STOPPED,
    /** The user wanted it to end. */
    INTERRUPTED
  }

  /**
   * When a training ends before its last epoch.
   *
   * @param maxSteps steps in all, including those before a resumption; empty for no limit
   * @param interrupted is asked after every step
   */
  public record Limits(OptionalLong maxSteps, BooleanSupplier interrupted) {
    private Optional<Outcome> reachedAt(Position at) {
      if (at.isLast()) {
        return Optional.of(Outcome.COMPLETED);
      }
      return maxSteps.isPresent() && at.step() >= maxSteps.getAsLong()
          ? Optional.of(Outcome.STOPPED)
          : Optional.empty();
    }

    private Optional<Outcome> interruption() {
      return interrupted.getAsBoolean() ? Optional.of(Outcome.INTERRUPTED) : Optional.empty();
    }
  }

  /** Prepares a training that writes the samples, the models and a report without commands. */
  public Trainer(
      RunConfig config, RunFolder folder, Split images, Device device, TrainingListener listener) {
    this(
        config,
        folder,
        images,
        device,
        List.of(new RunReport(config, folder, List.of())),
        listener);
  }

  /**
   * Prepares a training.
   *
   * @param folder a locked folder
   * @param images the training images
   * @param outputs written at each epoch's end after the samples and models
   * @param listener is told of the progress
   */
  public Trainer(
      RunConfig config,
      RunFolder folder,
      Split images,
      Device device,
      List<EpochOutput> outputs,
      TrainingListener listener) {
    this.config = config;
    this.folder = folder;
    this.images = images;
    this.device = device;
    this.output = new RunOutput(config, folder, outputs);
    this.listener = listener;
  }

  /**
   * Begins the run.
   *
   * @param initial values of weights and optimizers, by path; what it does not name is drawn
   */
  public Outcome begin(Limits limits, WeightMap initial) {
    KerasStreams streams = KerasStreams.ofSeed(config.seed());
    try (GanStep gan =
        new GanStep(config.networks(), config.gan(), device, streams::nextInitializerSeed)) {
      gan.restore(initial);
      // The large file comes first: a full disk then leaves nothing that blocks the next try.
      // Settings come last: with them the folder is a run, which can be resumed from then on.
      checkpoint(position(0), gan, streams, new StepSeries());
      try (History history = History.create(folder.history())) {
        RunConfigFile.write(folder.path(), config);
        return train(gan, streams, history, position(0), limits);
      }
    }
  }

  /** Begins the run with drawn weights. */
  public Outcome begin(Limits limits) {
    return begin(limits, new WeightMap(Map.of()));
  }

  /** Goes on from the run's checkpoint. */
  public Outcome resume(Limits limits) {
    try (GanStep gan = new GanStep(config.networks(), config.gan(), device, () -> 0)) {
      TrainingCheckpoint checkpoint =
          TrainingCheckpoint.read(folder.checkpoint(), gan.stateTypes());
      Position start = position(checkpoint.step());
      requireEpochs(start);
      gan.restore(checkpoint.state());
      StepSeries series =
          checkpoint
              .series()
              .orElseGet(() -> History.read(folder.history(), start.step()).series());
      try (History history = History.resume(folder.history(), series, start)) {
        RunConfigFile.write(folder.path(), config);
        return train(gan, checkpoint.streams(), history, start, limits);
      }
    }
  }

  private Position position(long step) {
    int batch = config.gan().batchSize();
    return new Position(step, (images.size() + batch - 1) / batch, config.epochs());
  }

  /** A run can't be shortened to less than it has done. */
  private void requireEpochs(Position start) {
    if (start.step() > 0 && start.epoch() > config.epochs()) {
      throw new UsageException(
          Problem.with("option", "--epochs")
              .expected("at least the %d epochs that the run has begun".formatted(start.epoch()))
              .received(config.epochs()));
    }
  }

  private Outcome train(
      GanStep gan, KerasStreams streams, History history, Position start, Limits limits) {
    try (BatchPrefetcher batches = new BatchPrefetcher(images, streams, gan.settings())) {
      return train(gan, batches, history, start, limits);
    }
  }

  private Outcome train(
      GanStep gan, BatchPrefetcher batches, History history, Position start, Limits limits) {
    ProcessMemory.returnUnused();
    Optional<Outcome> outcome = limits.reachedAt(start);
    if (start.step() > 0 && (outcome.isPresent() || start.isBetweenEpochs())) {
      // A kill after the checkpoint may have cut off the files that follow it.
      write(gan, history, start, outcome.isPresent());
    }
    Position at = start;
    while (outcome.isEmpty()) {
      boolean epochStarts = at.equals(start) || at.isBetweenEpochs();
      at = at.next();
      if (epochStarts) {
        listener.epochStarted(at.epoch(), at.epochs(), at.stepInEpoch(), at.stepsPerEpoch());
      }
      step(gan, batches, history, at);
      if (at.step() == start.step() + 1) {
        // In its first run a session prepares itself.
        ProcessMemory.returnUnused();
      }
      outcome = limits.reachedAt(at).or(limits::interruption);
      if (outcome.isPresent() || at.isBetweenEpochs()) {
        history.sync();
        checkpoint(at, gan, batches.streams(), history.series());
        write(gan, history, at, outcome.isPresent());
        listener.epochEnded(
            at.epoch(), history.series().meanOfLast(at.stepInEpoch()), folder.images(at.epoch()));
      }
    }
    return outcome.get();
  }

  private void step(GanStep gan, BatchPrefetcher batches, History history, Position at) {
    StepMetrics metrics = gan.step(batches.next());
    history.add(at, metrics);
    if (!metrics.losses().areFinite()) {
      output.diverged(at, history.series());
      throw new DivergedException(at.step(), "finite losses", metrics.losses());
    }
    listener.stepDone(metrics.losses());
  }

  private void checkpoint(Position at, GanStep gan, KerasStreams streams, StepSeries series) {
    new TrainingCheckpoint(at.step(), gan.state(), streams, Optional.of(series))
        .write(folder.checkpoint());
  }

  private void write(GanStep gan, History history, Position at, boolean runEnds) {
    NdArray samples = gan.generate(sampleNoise(config));
    output.write(new EpochEnd(at, runEnds, history.series(), samples, gan));
  }

  /**
   * The noise of a run's samples, {@code [100, noiseDim]}: always the same, from a stream of its
   * own, so that the training's draws stay as they are.
   */
  static NdArray sampleNoise(RunConfig config) {
    int size = config.gan().noiseDim();
    float[] noise =
        KerasStreams.ofSeed(config.seed()).numpy().normalFloats(RunOutput.GRID.cells() * size);
    return NdArray.ofFloats(noise, List.of(RunOutput.GRID.cells(), size));
  }
}
