package org.kerastwin.parity.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.EpochOutput;
import org.kerastwin.run.Trainer;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.training.Losses;

/** A short training as the program runs it, with an average of the weights. */
final class ShortTraining {
  private static final int EPOCHS = 3;

  /** Models are saved after the second epoch, and at the end of the run after the third. */
  private static final int SAVE_EVERY = 2;

  /** Halves the old average in each step, so that it differs from the weights. */
  private static final double EMA = 0.5;

  /** No default, and without effect on the run. */
  private static final int CHECKPOINT_MINUTES = 77;

  private static final int EVALUATE_EVERY = 5;

  private final Implementation ours;
  private final RunConfig config;

  ShortTraining(Implementation ours, long seed) {
    this.ours = ours;
    this.config =
        new RunConfig(
            TrainingLoopStages.settings(ours).withEma(EMA),
            EPOCHS,
            seed,
            SAVE_EVERY,
            CHECKPOINT_MINUTES,
            EVALUATE_EVERY,
            Map.of(),
            new DatasetOrigin("digits", "digits", "embedded", ""),
            Map.of());
  }

  /**
   * What a training reports while it runs.
   *
   * @param progress of each epoch: its number, the number of epochs, its first step and its length
   * @param means the mean losses of each epoch
   * @param samples of each epoch
   */
  record Recording(List<float[]> progress, List<Losses> means, List<NdArray> samples) {
    Recording() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** The settings. */
  RunConfig config() {
    return config;
  }

  /** Trains in a new folder. */
  Recording run(Path path, OptionalLong maxSteps) {
    try (RunFolder folder = RunFolder.create(path)) {
      Recording recording = new Recording();
      trainer(folder, config, recording).begin(new Trainer.Limits(maxSteps, () -> false));
      return recording;
    }
  }

  /** Resumes with the settings in the folder, and trains to the end. */
  void resume(Path path) {
    try (RunFolder folder = RunFolder.resume(path)) {
      trainer(folder, config(folder), new Recording())
          .resume(new Trainer.Limits(OptionalLong.empty(), () -> false));
    }
  }

  /** The settings that a folder holds. */
  static RunConfig config(RunFolder folder) {
    return folder.config(warning -> {});
  }

  private Trainer trainer(RunFolder folder, RunConfig settings, Recording recording) {
    EpochOutput output = end -> recording.samples().add(end.samples());
    return new Trainer(
        settings,
        folder,
        TrainingLoopStages.images(),
        ours.device(),
        List.of(output),
        new Recorder(recording),
        warning -> {});
  }

  /** Records the progress. */
  private record Recorder(Recording recording) implements TrainingListener {
    @Override
    public void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch) {
      recording.progress().add(new float[] {epoch, epochs, stepInEpoch, stepsPerEpoch});
    }

    @Override
    public void epochEnded(int epoch, Losses mean, Path images) {
      recording.means().add(mean);
    }
  }
}
