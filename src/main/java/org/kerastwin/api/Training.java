package org.kerastwin.api;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.UsageException;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Summary;
import org.kerastwin.model.Variant;
import org.kerastwin.models.InitialWeights;
import org.kerastwin.models.StartingPoint;
import org.kerastwin.training.GanSettings;

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
  private final StartingPoint start;
  private final GanSettings gan;
  private final Schedule schedule;

  private Training(StartingPoint start, GanSettings gan, Schedule schedule) {
    this.start = start;
    this.gan = gan;
    this.schedule = schedule;
  }

  /**
   * Trains one of the notebook's generators and its discriminator: 50 epochs of MNIST in batches of
   * 256, seed 0.
   *
   * @param variant {@code upsampling} or {@code transposed}
   * @throws UsageException if the name is another
   */
  public static Training of(String variant) {
    Variant known = Names.variant(variant);
    known.requireTrainable();
    return new Training(
        new StartingPoint(Optional.empty(), Optional.empty(), Map.of()),
        GanSettings.notebook(known),
        Schedule.NOTEBOOK);
  }

  /**
   * Trains other networks, with the same defaults. Training continues with their weights, and with
   * the Adams in the files if there are any.
   *
   * @param generator a {@code .keras} or {@code .h5} file
   * @param discriminator a file of a network for the generator's images
   * @throws org.kerastwin.EnvironmentException if a file is missing or damaged, or the networks do
   *     not fit each other
   */
  public static Training of(Path generator, Path discriminator) {
    InitialWeights files = InitialWeights.read(generator, discriminator);
    Networks networks = files.networks();
    return new Training(
        new StartingPoint(Optional.of(networks), Optional.of(files), Map.of()),
        GanSettings.notebook(Variant.UPSAMPLING).withNoiseDim(networks.noiseDim()),
        Schedule.NOTEBOOK);
  }

  private Training with(GanSettings other) {
    return new Training(start, other, schedule);
  }

  private Training with(AdamSettings.Argument argument, double value) {
    Map<AdamSettings.Argument, Double> given = new HashMap<>(start.adam());
    given.put(argument, value);
    return new Training(
        new StartingPoint(start.networks(), start.weights(), given),
        gan.withAdam(gan.adam().with(given)),
        schedule);
  }

  private Training with(Schedule other) {
    return new Training(start, gan, other);
  }

  /**
   * Sets the images to train on.
   *
   * @param name {@code mnist} (from Keras's cache or its download), {@code digits} (embedded) or
   *     the path of a data set
   */
  public Training dataset(String name) {
    return with(schedule.withDataset(name));
  }

  /** Sets the number of passes over the images, at least 1. */
  public Training epochs(int number) {
    return with(schedule.withEpochs(number));
  }

  /** Sets the number of images per step, at least 1. */
  public Training batchSize(int images) {
    return with(gan.withBatchSize(images));
  }

  /** Sets the learning rate of both Adam optimizers, above 0. */
  public Training learningRate(double rate) {
    return with(AdamSettings.Argument.LEARNING_RATE, rate);
  }

  /** Sets {@code beta_1} of both Adam optimizers, from 0 to less than 1. */
  public Training beta1(double decay) {
    return with(AdamSettings.Argument.BETA_1, decay);
  }

  /**
   * Sets the length of the noise vectors, at least 1.
   *
   * @throws IllegalArgumentException if the generator comes from a file and has another length
   */
  public Training noiseDim(int length) {
    if (start.networks().isPresent() && length != gan.noiseDim()) {
      throw new IllegalArgumentException(
          "expected noise of %d numbers, as the generator has, received %d"
              .formatted(gan.noiseDim(), length));
    }
    return with(gan.withNoiseDim(length));
  }

  /** Sets the label of real images, from 0 to 1. */
  public Training realLabel(double label) {
    return with(gan.withRealLabel(label));
  }

  /**
   * Averages the generator's weights as {@code Adam(use_ema=True, ema_momentum=momentum)} does in
   * Keras. The run's samples and models are those of the average.
   *
   * @param momentum from 0 (no average) to less than 1
   */
  public Training averageWeights(double momentum) {
    return with(gan.withEma(momentum));
  }

  /** Sets the seed, as {@code keras.utils.set_random_seed} does: 0 to 4294967295. */
  public Training seed(long number) {
    return with(schedule.withSeed(number));
  }

  /** Saves the generator as a {@code .keras} file every so many epochs; the default is 10. */
  public Training saveEvery(int epochs) {
    return with(schedule.withSaveEvery(epochs));
  }

  /**
   * Writes figures of quality to {@code quality.csv} every so many epochs; 0, the default, never.
   * The generator must make gray images of 28×28 pixels.
   */
  public Training evaluateEvery(int epochs) {
    return with(schedule.withEvaluateEvery(epochs));
  }

  /**
   * Uses Keras's own operations instead of the faster graph; the results then equal Keras's bit for
   * bit.
   *
   * @throws IllegalArgumentException if combined with {@link #mixedBfloat16}
   */
  public Training exact() {
    return with(gan.withForm(Pass.Form.EXACT));
  }

  /**
   * Uses Keras's dtype policy {@code mixed_bfloat16}, which is faster on processors with fast
   * instructions for bfloat16, and slower on others.
   *
   * @throws IllegalArgumentException if combined with {@link #exact}
   */
  public Training mixedBfloat16() {
    return with(gan.withPrecision(Precision.MIXED_BFLOAT16));
  }

  /**
   * Loads the images and describes them as the notebook does: the shapes of training images and
   * labels, test images and labels, then the largest and the smallest scaled pixel.
   *
   * @throws org.kerastwin.EnvironmentException if the data set is missing or damaged
   */
  public List<String> describeImages() {
    return TrainingRun.load(schedule.dataset(), start.imageShape(), new TrainingObserver() {})
        .reportLines();
  }

  /** The tables of Keras's {@code model.summary()} for the generator and the discriminator. */
  public String summary() {
    Sequential generator =
        start
            .networks()
            .map(Networks::generator)
            .orElseGet(() -> Dcgan.generator(gan.variant(), gan.noiseDim()));
    Sequential discriminator =
        start.networks().map(Networks::discriminator).orElseGet(Dcgan::discriminator);
    return Summary.of(generator) + Summary.of(discriminator);
  }

  /**
   * Trains, and writes everything to a run folder.
   *
   * @param folder a new or empty folder
   * @return whether all epochs were done; false if the observer ended the run
   * @throws org.kerastwin.EnvironmentException if the folder can't be used, or the data set is
   *     missing or damaged
   * @throws UsageException if images of another size are to be evaluated
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public boolean run(Path folder, TrainingObserver observer) {
    return TrainingRun.begin(folder, start, gan, schedule, observer);
  }

  /**
   * Continues a stopped run with the settings it was started with.
   *
   * @return whether all epochs were done; false if the observer ended the run
   * @throws org.kerastwin.EnvironmentException if there is no run, or its images have changed
   */
  public static boolean resume(Path folder, TrainingObserver observer) {
    return TrainingRun.resume(folder, observer);
  }
}
