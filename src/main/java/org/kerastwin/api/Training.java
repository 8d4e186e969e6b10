package org.kerastwin.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.data.ImageShape;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Summary;
import org.kerastwin.model.Variant;
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

/**
 * The immutable settings of a training run. Each setter returns a copy with one setting changed.
 * The defaults are the notebook's.
 *
 * <pre>{@code
 * Path run = Path.of("runs/mine");
 * Training.of("upsampling").dataset("mnist").epochs(10).seed(42).run(run, observer);
 * Training.resume(run, observer);
 * }</pre>
 */
public final class Training {
  private static final int EPOCHS = 50;
  private static final int SAVE_EVERY = 10;

  private final GanSettings gan;
  private final String dataset;
  private final int epochs;
  private final long seed;

  private Training(GanSettings gan, String dataset, int epochs, long seed) {
    this.gan = gan;
    this.dataset = dataset;
    this.epochs = epochs;
    this.seed = seed;
  }

  /**
   * The notebook's settings: 50 epochs of MNIST in batches of 256, seed 0.
   *
   * @param variant {@code upsampling} or {@code transposed}
   * @throws org.kerastwin.UsageException if the name is unknown
   */
  public static Training of(String variant) {
    Variant known = Names.variant(variant);
    return new Training(GanSettings.notebook(known), "mnist", EPOCHS, 0);
  }

  /**
   * Sets the images to train on.
   *
   * @param name {@code mnist} (from Keras's cache or its download), {@code digits} (embedded) or
   *     the path of a data set
   */
  public Training dataset(String name) {
    return new Training(gan, name, epochs, seed);
  }

  /** Sets the number of passes over the images, at least 1. */
  public Training epochs(int number) {
    return new Training(gan, dataset, number, seed);
  }

  /** Sets the number of images per step, at least 1. */
  public Training batchSize(int images) {
    return new Training(gan.with(images, gan.form()), dataset, epochs, seed);
  }

  /** Sets the learning rate of both Adam optimizers, above 0. */
  public Training learningRate(double rate) {
    AdamSettings adam = gan.adam().with(Map.of(AdamSettings.Argument.LEARNING_RATE, rate));
    return new Training(gan.withAdam(adam), dataset, epochs, seed);
  }

  /** Sets the seed, as {@code keras.utils.set_random_seed} does: 0 to 4294967295. */
  public Training seed(long number) {
    return new Training(gan, dataset, epochs, number);
  }

  /**
   * Uses Keras's own operations instead of the faster graph; the results then equal Keras's bit for
   * bit.
   *
   * @throws IllegalArgumentException if combined with {@link #mixedBfloat16}
   */
  public Training exact() {
    return new Training(gan.with(gan.batchSize(), Pass.Form.EXACT), dataset, epochs, seed);
  }

  /**
   * Uses Keras's dtype policy {@code mixed_bfloat16}, which is faster on processors with matrix
   * instructions for bfloat16.
   *
   * @throws IllegalArgumentException if combined with {@link #exact}
   */
  public Training mixedBfloat16() {
    return new Training(gan.withPrecision(Precision.MIXED_BFLOAT16), dataset, epochs, seed);
  }

  /**
   * Loads the images and describes them as the notebook does: the shapes of training images and
   * labels, test images and labels, then the largest and the smallest scaled pixel.
   *
   * @throws org.kerastwin.EnvironmentException if the data set is missing or damaged
   */
  public List<String> describeImages() {
    return load(dataset, RunConfig.NOTEBOOK_IMAGES, new TrainingObserver() {}).reportLines();
  }

  /** The tables of Keras's {@code model.summary()} for the generator and the discriminator. */
  public String summary() {
    return Summary.of(Dcgan.generator(gan.variant(), gan.noiseDim()))
        + Summary.of(Dcgan.discriminator());
  }

  /**
   * Trains, and writes everything to a run folder.
   *
   * @param folder a new or empty folder
   * @return whether all epochs were done; false if the observer ended the run
   * @throws org.kerastwin.EnvironmentException if the folder can't be used, or the data set is
   *     missing or damaged
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public boolean run(Path folder, TrainingObserver observer) {
    RunFolder.requireNew(folder);
    Dataset images = load(dataset, RunConfig.NOTEBOOK_IMAGES, observer);
    prepare(gan);
    RunConfig config =
        new RunConfig(
            gan,
            epochs,
            seed,
            SAVE_EVERY,
            RunConfig.DEFAULT_CHECKPOINT_MINUTES,
            0,
            Map.of(),
            DatasetOrigin.of(dataset, images),
            Versions.ofRun());
    try (RunFolder owned = RunFolder.create(folder)) {
      Trainer trainer = trainer(config, owned, images, observer);
      return trainer.begin(limits(observer)) == Trainer.Outcome.COMPLETED;
    }
  }

  /**
   * Continues a stopped run with the settings it was started with.
   *
   * @return whether all epochs were done; false if the observer ended the run
   * @throws org.kerastwin.EnvironmentException if there is no run, or its images have changed
   */
  public static boolean resume(Path folder, TrainingObserver observer) {
    try (RunFolder owned = RunFolder.resume(folder)) {
      RunConfig config = owned.config(problem -> observer.warned(problem.toString()));
      ImageShape shape = RunConfig.images(config.networks());
      Dataset images = load(config.dataset().requestToResume(), shape, observer);
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
        List.of(new RunReport(config, folder, List.of())),
        new Progress(observer),
        problem -> observer.warned(problem.toString()));
  }

  private static Dataset load(String name, ImageShape shape, TrainingObserver observer) {
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
