package org.kerastwin.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.kerastwin.UsageException;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.ProcessMemory;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.Losses;
import org.kerastwin.weights.WeightMap;

/**
 * The completed loop of the notebook: epochs of GAN steps, a picture of samples after each, and a
 * run folder from which the run can go on as if it had never stopped.
 */
public final class Trainer {
  /** Samples of a picture: a grid of 10×10. */
  public static final int SAMPLES = 100;

  private final RunConfig config;
  private final RunFolder folder;
  private final Split images;
  private final Device device;
  private final Artifacts artifacts;
  private final TrainingListener listener;

  /** Why a training ended. */
  public enum Outcome {
    /** All its epochs are done. */
    COMPLETED,
    /** It has done as many steps as it was allowed. */
    STOPPED,
    /** The user wanted it to end. */
    INTERRUPTED
  }

  /**
   * When a training ends before its last epoch.
   *
   * @param maxSteps steps in all, those before a resumption included; empty for no limit
   * @param interrupted is asked after every step
   */
  public record Limits(OptionalLong maxSteps, BooleanSupplier interrupted) {}

  /**
   * Prepares a training.
   *
   * @param folder a locked folder
   * @param images the training images
   * @param artifacts writes pictures and models
   * @param listener is told of the progress
   */
  public Trainer(
      RunConfig config,
      RunFolder folder,
      Split images,
      Device device,
      Artifacts artifacts,
      TrainingListener listener) {
    this.config = config;
    this.folder = folder;
    this.images = images;
    this.device = device;
    this.artifacts = artifacts;
    this.listener = listener;
  }

  /** Begins the run with drawn weights: writes its settings, then trains. */
  public Outcome begin(Limits limits) {
    return begin(limits, new WeightMap(Map.of()));
  }

  /**
   * Begins the run.
   *
   * @param initial values of weights and optimizers, by path; what it does not name is drawn
   */
  public Outcome begin(Limits limits, WeightMap initial) {
    KerasStreams streams = KerasStreams.ofSeed(config.seed());
    try (GanStep gan = new GanStep(config.gan(), device, streams::nextInitializerSeed)) {
      gan.restore(initial);
      // The large file comes first: a full disk then leaves nothing that blocks the next try.
      // Settings come last: with them the folder is a run, which can be resumed from then on.
      new TrainingCheckpoint(0, gan.state(), streams).write(folder.checkpoint());
      try (History history = History.create(folder.history())) {
        RunConfigFile.write(folder.path(), config);
        return train(gan, streams, history, 0, limits);
      }
    }
  }

  /** Goes on from the run's checkpoint. */
  public Outcome resume(Limits limits) {
    try (GanStep gan = new GanStep(config.gan(), device, () -> 0)) {
      TrainingCheckpoint checkpoint =
          TrainingCheckpoint.read(folder.checkpoint(), gan.stateTypes());
      requireEpochs(checkpoint.step());
      gan.restore(checkpoint.state());
      try (History history = History.resume(folder.history(), checkpoint.step())) {
        RunConfigFile.write(folder.path(), config);
        return train(gan, checkpoint.streams(), history, checkpoint.step(), limits);
      }
    }
  }

  /** A run can't be shortened to less than it has done. */
  private void requireEpochs(long stepsDone) {
    if (stepsDone > Math.multiplyExact((long) config.epochs(), stepsPerEpoch())) {
      throw new UsageException(
          "option",
          "--epochs",
          "at least the %d epochs that the run has begun".formatted(epoch(stepsDone)),
          Integer.toString(config.epochs()));
    }
  }

  private Outcome train(
      GanStep gan, KerasStreams streams, History history, long stepsDone, Limits limits) {
    try (BatchPrefetcher batches = new BatchPrefetcher(images, streams, gan.settings())) {
      return train(gan, batches, history, stepsDone, limits);
    }
  }

  private Outcome train(
      GanStep gan, BatchPrefetcher batches, History history, long stepsDone, Limits limits) {
    long last = Math.multiplyExact((long) config.epochs(), stepsPerEpoch());
    long step = stepsDone;
    ProcessMemory.returnUnused();
    Outcome outcome = limitReached(step, last, limits);
    if (outcome != null && step > 0) {
      // The run was complete but may have been cut off before its last files.
      listener.epochStarted(epoch(step), config.epochs(), stepInEpoch(step) + 1, stepsPerEpoch());
      endEpoch(gan, batches.streams(), history, step, true);
    }
    while (outcome == null) {
      int epoch = epoch(step + 1);
      if (step == stepsDone || stepInEpoch(step + 1) == 1) {
        listener.epochStarted(epoch, config.epochs(), stepInEpoch(step + 1), stepsPerEpoch());
      }
      Losses losses = gan.run(batches.next());
      history.add(++step, epoch, losses);
      if (!losses.areFinite()) {
        throw new DivergedException(step, losses);
      }
      listener.stepDone(losses);
      if (step == stepsDone + 1) {
        // In its first run a session prepares itself.
        ProcessMemory.returnUnused();
      }
      outcome = limitReached(step, last, limits);
      if (outcome == null && limits.interrupted().getAsBoolean()) {
        outcome = Outcome.INTERRUPTED;
      }
      if (outcome != null || epoch(step + 1) > epoch) {
        endEpoch(gan, batches.streams(), history, step, outcome != null);
      }
    }
    return outcome;
  }

  private static Outcome limitReached(long step, long last, Limits limits) {
    if (step >= last) {
      return Outcome.COMPLETED;
    }
    return limits.maxSteps().isPresent() && step >= limits.maxSteps().getAsLong()
        ? Outcome.STOPPED
        : null;
  }

  private void endEpoch(
      GanStep gan, KerasStreams streams, History history, long step, boolean runEnds) {
    int epoch = epoch(step);
    history.sync();
    new TrainingCheckpoint(step, gan.state(), streams).write(folder.checkpoint());
    Path picture = folder.images(epoch);
    artifacts.writeImages(picture, gan.generate(sampleNoise(config)));
    if (runEnds || epoch % config.saveEvery() == 0) {
      artifacts.writeKerasModel(folder.model(epoch), gan.generatorWeights());
      artifacts.writeSavedModel(folder.savedModel(), gan.generatorWeights());
    }
    listener.epochEnded(epoch, history.epochMean(), picture);
  }

  /**
   * The noise of a run's pictures, {@code [100, noiseDim]}: always the same, from a stream of its
   * own so that drawing it leaves the training's draws alone.
   */
  static NdArray sampleNoise(RunConfig config) {
    float[] noise =
        KerasStreams.ofSeed(config.seed()).numpy().normalFloats(SAMPLES * config.gan().noiseDim());
    return NdArray.ofFloats(noise, List.of(SAMPLES, config.gan().noiseDim()));
  }

  private int stepsPerEpoch() {
    return (images.size() + config.gan().batchSize() - 1) / config.gan().batchSize();
  }

  private int epoch(long step) {
    return Math.toIntExact((step - 1) / stepsPerEpoch() + 1);
  }

  private int stepInEpoch(long step) {
    return Math.toIntExact((step - 1) % stepsPerEpoch() + 1);
  }
}
