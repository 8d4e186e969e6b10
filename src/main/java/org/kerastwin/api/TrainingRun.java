package org.kerastwin.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.kerastwin.Problem;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.data.ImageShape;
import org.kerastwin.layers.Pass;
import org.kerastwin.models.StartingPoint;
import org.kerastwin.run.QualityOutput;
import org.kerastwin.run.RunReport;
import org.kerastwin.run.Trainer;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.Versions;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.Losses;

/** Begins and resumes runs, and passes their progress on to an observer. */
final class TrainingRun {
  private TrainingRun() {}

  /** Begins a run. */
  static boolean begin(
      Path folder,
      StartingPoint start,
      GanSettings gan,
      Schedule schedule,
      TrainingObserver observer) {
    RunFolder.requireNew(folder);
    if (schedule.evaluateEvery() > 0) {
      start.requireEvaluable(Problem.with("setting", "evaluateEvery"));
    }
    Dataset images = load(schedule.dataset(), start.imageShape(), observer);
    prepare(gan);
    start.report().forEach(observer::warned);
    RunConfig config = start.config(config(gan, schedule, images));
    try (RunFolder owned = RunFolder.create(folder)) {
      Trainer trainer = trainer(config, owned, images, observer);
      return trainer.begin(limits(observer), start.state()) == Trainer.Outcome.COMPLETED;
    }
  }

  private static RunConfig config(GanSettings gan, Schedule schedule, Dataset images) {
    return new RunConfig(
        gan,
        schedule.epochs(),
        schedule.seed(),
        schedule.saveEvery(),
        RunConfig.DEFAULT_CHECKPOINT_MINUTES,
        schedule.evaluateEvery(),
        Map.of(),
        DatasetOrigin.of(schedule.dataset(), images),
        Versions.ofRun());
  }

  static boolean resume(Path folder, TrainingObserver observer) {
    try (RunFolder owned = RunFolder.resume(folder)) {
      RunConfig config = owned.config(problem -> observer.warned(problem.toString()));
      Dataset images = load(config.dataset().requestToResume(), config.imageShape(), observer);
      config.dataset().requireSame(images);
      prepare(config.gan());
      Trainer trainer = trainer(config, owned, images, observer);
      return trainer.resume(limits(observer)) == Trainer.Outcome.COMPLETED;
    }
  }

  private static Trainer trainer(
      RunConfig config, RunFolder folder, Dataset images, TrainingObserver observer) {
    return new Trainer(
        config,
        folder,
        images.train(),
        Device.CPU,
        List.of(
            new QualityOutput(config, folder, images.train()),
            new RunReport(config, folder, List.of())),
        new Progress(observer),
        problem -> observer.warned(problem.toString()));
  }

  static Dataset load(String name, ImageShape shape, TrainingObserver observer) {
    return new DatasetSource(DatasetEnvironment.ofProcess(), shape, observer::warned).load(name);
  }

  private static void prepare(GanSettings settings) {
    if (settings.form() == Pass.Form.FAST) {
      NativeRuntime.preferOneDnn();
    }
  }

  private static Trainer.Limits limits(TrainingObserver observer) {
    return new Trainer.Limits(OptionalLong.empty(), observer::shouldStop);
  }

  /** Passes the trainer's events on to the observer. */
  private static final class Progress implements TrainingListener {
    private final TrainingObserver observer;
    private int epoch;

    Progress(TrainingObserver observer) {
      this.observer = observer;
    }

    @Override
    public void epochStarted(int started, int epochs, int stepInEpoch, int stepsPerEpoch) {
      epoch = started;
    }

    @Override
    public void stepDone(Losses losses) {
      observer.stepDone(
          epoch, losses.discriminatorReal(), losses.discriminatorFake(), losses.generator());
    }

    @Override
    public void epochEnded(int ended, Losses mean, Path images) {
      observer.epochEnded(ended, images);
    }
  }
}
