package org.kerastwin.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.UsageException;
import org.kerastwin.data.Split;
import org.kerastwin.image.PixelRange;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.run.folder.DamagedFiles;
import org.kerastwin.run.folder.History;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.QualityCopy;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunConfigFile;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.run.folder.TrainingCheckpoint;
import org.kerastwin.runtime.Device;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;
import org.kerastwin.weights.WeightMap;

/**
 * Trains as the notebook does, in epochs of GAN steps, and writes a run folder. A resumed run gives
 * the same bits as one that never stopped.
 */
public final class Trainer {
  private final RunConfig config;
  private final RunFolder folder;
  private final Split images;
  private final Device device;
  private final EpochOutput output;
  private final TrainingListener listener;
  private final Consumer<Problem> warnings;
  private final LongSupplier nanoTime;

  /** Why training ended. */
  public enum Outcome {
    /** All epochs are done. */
    COMPLETED,
    /** The maximum number of steps is done. */
    STOPPED,
    /** The user interrupted it. */
    INTERRUPTED
  }

  /**
   * Limits that end training before the last epoch.
   *
   * @param maxSteps total number of steps, including those before a resumption; empty for no limit
   * @param interrupted asked after every step
   */
  public record Limits(OptionalLong maxSteps, BooleanSupplier interrupted) {
    Optional<Outcome> reachedAt(Position at) {
      if (at.isLast()) {
        return Optional.of(Outcome.COMPLETED);
      }
      return maxSteps.isPresent() && at.step() >= maxSteps.getAsLong()
          ? Optional.of(Outcome.STOPPED)
          : Optional.empty();
    }

    Optional<Outcome> interruption() {
      return interrupted.getAsBoolean() ? Optional.of(Outcome.INTERRUPTED) : Optional.empty();
    }
  }

  /**
   * Prepares a run.
   *
   * @param folder a locked folder
   * @param images the training images
   * @param outputs written at each epoch's end after the samples and models
   * @param listener receives the progress
   * @param warnings receives repaired damage and alarms
   */
  public Trainer(
      RunConfig config,
      RunFolder folder,
      Split images,
      Device device,
      List<EpochOutput> outputs,
      TrainingListener listener,
      Consumer<Problem> warnings) {
    this(config, folder, images, device, outputs, listener, warnings, System::nanoTime);
  }

  /** A trainer with another clock, for tests of the checkpoints within an epoch. */
  Trainer(
      RunConfig config,
      RunFolder folder,
      Split images,
      Device device,
      List<EpochOutput> outputs,
      TrainingListener listener,
      Consumer<Problem> warnings,
      LongSupplier nanoTime) {
    this.config = config;
    this.folder = folder;
    this.images =
        config.networks().generator().pixelRange() == PixelRange.UNIT
            ? images.inUnitRange()
            : images;
    this.device = device;
    this.output = new RunOutput(config, folder, outputs);
    this.listener = listener;
    this.warnings = warnings;
    this.nanoTime = nanoTime;
  }

  /**
   * Begins the run.
   *
   * @param initial values of weights and optimizers by path; missing weights are random
   */
  public Outcome begin(Limits limits, WeightMap initial) {
    // The first JSON text loads 500 classes, so this thread does it while the graph is built.
    new Thread(() -> RunConfigFile.text(config), "settings").start();
    KerasStreams streams = KerasStreams.ofSeed(config.seed());
    Position start = position(0);
    try (GanStep gan =
        new GanStep(config.networks(), config.gan(), device, streams::nextInitializerSeed)) {
      gan.restore(initial);
      TrainingCheckpoint checkpoint = firstCheckpoint(gan, streams);
      try (History history = History.create(folder.files().history())) {
        RunConfigFile.write(folder.path(), config);
        return train(gan, checkpoint, history, start, limits);
      }
    }
  }

  /**
   * Writes a checkpoint without steps. This large file comes first, so that a full disk leaves
   * nothing that blocks the next attempt. The settings come last, since they make the folder a run
   * that can be resumed.
   */
  private TrainingCheckpoint firstCheckpoint(GanStep gan, KerasStreams streams) {
    TrainingCheckpoint checkpoint =
        new TrainingCheckpoint(0, gan.state(), streams, Optional.of(new StepSeries()), List.of());
    folder.files().checkpoints().write(checkpoint, config, false);
    return checkpoint.withoutState();
  }

  /** Begins the run with random weights. */
  public Outcome begin(Limits limits) {
    return begin(limits, new WeightMap(Map.of()));
  }

  /** Resumes the run from its checkpoint. */
  public Outcome resume(Limits limits) {
    new DamagedFiles(folder.files(), config.imageShape(), warnings).setAside();
    QualityCopy.of(folder.path()).repair(warnings);
    try (GanStep gan = new GanStep(config.networks(), config.gan(), device, () -> 0)) {
      TrainingCheckpoint checkpoint = restoreLast(gan);
      Position start = position(checkpoint.step());
      warnOfDivergence(start);
      StepSeries series = checkpoint.series().orElseGet(() -> seriesOfHistory(start));
      try (History history = History.resume(folder.files().history(), series, start, warnings)) {
        RunConfigFile.write(folder.path(), config);
        return train(gan, checkpoint, history, start, limits);
      }
    }
  }

  private TrainingCheckpoint restoreLast(GanStep gan) {
    TrainingCheckpoint last = folder.files().checkpoints().repair(gan.stateTypes(), warnings);
    requireEpochs(position(last.step()));
    gan.restore(last.state());
    return last.withoutState();
  }

  /** Warns if the run is known to diverge: the same steps give the same numbers. */
  private void warnOfDivergence(Position start) {
    folder
        .files()
        .checkpoints()
        .divergenceAfter(start.step())
        .ifPresent(
            step ->
                warnings.accept(
                    Problem.with("run", folder.path())
                        .expected("losses and weights that stay finite")
                        .received("a run that diverged at step %d".formatted(step))
                        .advice("It will diverge there again.")
                        .remedy(Remedy.LOWER_THE_LEARNING_RATE)));
  }

  /**
   * Checkpoints of earlier versions have no losses. If the history is lost too, the run still
   * resumes.
   */
  private StepSeries seriesOfHistory(Position start) {
    try {
      return History.read(folder.files().history(), start.step()).series();
    } catch (EnvironmentException damage) {
      warnings.accept(damage.problem().advice("The losses before this resumption are lost."));
      StepSeries lost = new StepSeries();
      Losses unknown = new Losses(Float.NaN, Float.NaN, Float.NaN);
      for (long step = 0; step < start.step(); step++) {
        lost.add(new StepMetrics(unknown, Float.NaN, Float.NaN));
      }
      return lost;
    }
  }

  private Position position(long step) {
    return new Position(step, config.stepsPerEpoch(images.size()), config.epochs());
  }

  /** Rejects fewer epochs than the run has begun. */
  private void requireEpochs(Position start) {
    if (start.step() > 0 && start.epoch() > config.epochs()) {
      throw new UsageException(
          Problem.with("run", folder.path())
              .expected("at least the %d epochs that it has begun".formatted(start.epoch()))
              .received(config.epochs())
              .remedy(Remedy.ALLOW_MORE_EPOCHS));
    }
  }

  private Outcome train(
      GanStep gan, TrainingCheckpoint from, History history, Position start, Limits limits) {
    AlarmWatch watch =
        new AlarmWatch(from.alarms(), history.series(), alarm -> warnings.accept(alarm.problem()));
    try (BatchPrefetcher batches = new BatchPrefetcher(images, from.streams(), gan.settings())) {
      TrainingState state = new TrainingState(gan, batches, history, watch);
      return new TrainingLoop(config, folder, output, listener, nanoTime, state, start).run(limits);
    }
  }
}
