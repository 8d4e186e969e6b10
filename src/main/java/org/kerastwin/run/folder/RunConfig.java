package org.kerastwin.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.kerastwin.EnvironmentException;
import org.kerastwin.data.ImageShape;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.UnfitNetworksException;
import org.kerastwin.training.GanSettings;

/**
 * All settings of a run and the origin of its data, as stored in {@code config.json}.
 *
 * @param gan the settings of a training step
 * @param epochs number of epochs
 * @param seed the seed, as for {@code keras.utils.set_random_seed}
 * @param saveEvery epochs between two saved generators
 * @param checkpointMinutes minutes between two checkpoints within an epoch
 * @param evaluateEvery epochs between two rows of {@code quality.csv}; 0 for none
 * @param initialWeights the files that the networks started from, by network; empty if their
 *     weights were drawn
 * @param architectures Keras's descriptions of the networks, by network; empty for the notebook's
 * @param dataset the origin of the training images
 * @param versions of the program, TensorFlow and Java when the run began
 */
public record RunConfig(
    GanSettings gan,
    int epochs,
    long seed,
    int saveEvery,
    int checkpointMinutes,
    int evaluateEvery,
    Map<String, InitialFile> initialWeights,
    Map<String, JsonNode> architectures,
    DatasetOrigin dataset,
    Map<String, String> versions) {
  /** The file of the settings in a run's folder. */
  static final String FILE = "config.json";

  /** The default time between checkpoints within an epoch, in minutes. */
  public static final int DEFAULT_CHECKPOINT_MINUTES = 10;

  /**
   * Checks the settings, since a user may have edited the file.
   *
   * @throws IllegalArgumentException naming the first setting that is out of its range
   */
  public RunConfig {
    require(gan.variant().isTrainable(), "variant", gan.variant());
    require(gan.adam().learningRate() > 0, "learning_rate", gan.adam().learningRate());
    require(epochs >= 1, "epochs", epochs);
    require(seed >= 0 && seed <= KerasStreams.GREATEST_SEED, "seed", seed);
    require(saveEvery >= 1, "save_every", saveEvery);
    require(checkpointMinutes >= 1, "checkpoint_minutes", checkpointMinutes);
    require(evaluateEvery >= 0, "evaluate_every", evaluateEvery);
    require(initialWeights != null, "initial_weights", initialWeights);
    require(
        architectures != null && (architectures.isEmpty() || architectures.size() == 2),
        "architectures",
        architectures);
    // Sorted, so that the file is always the same: the order of Map.of differs between processes.
    architectures = Collections.unmodifiableMap(new TreeMap<>(architectures));
  }

  /** A run of the notebook's networks. */
  public RunConfig(
      GanSettings gan,
      int epochs,
      long seed,
      int saveEvery,
      int checkpointMinutes,
      int evaluateEvery,
      Map<String, InitialFile> initialWeights,
      DatasetOrigin dataset,
      Map<String, String> versions) {
    this(
        gan,
        epochs,
        seed,
        saveEvery,
        checkpointMinutes,
        evaluateEvery,
        initialWeights,
        Map.of(),
        dataset,
        versions);
  }

  private static void require(boolean valid, String setting, Object received) {
    if (!valid) {
      throw new IllegalArgumentException("%s %s".formatted(setting, received));
    }
  }

  /**
   * A file that a network started from.
   *
   * @param file its path
   * @param sha256 of its content
   */
  public record InitialFile(String file, String sha256) {}

  /** The number of steps in an epoch: images divided by the batch size, rounded up. */
  public int stepsPerEpoch(int images) {
    return (images + gan.batchSize() - 1) / gan.batchSize();
  }

  /** The same run with another number of epochs. */
  public RunConfig withEpochs(int newEpochs) {
    return with(gan, newEpochs, initialWeights, architectures);
  }

  /** The same run with networks from files, and their Adam settings. */
  public RunConfig startingFrom(Map<String, InitialFile> files, AdamSettings adam) {
    return with(gan.withAdam(adam), epochs, files, architectures);
  }

  /** The same run with networks other than the notebook's. */
  public RunConfig training(Networks networks) {
    return with(
        gan.withNoiseDim(networks.noiseDim()),
        epochs,
        initialWeights,
        Map.of(
            Dcgan.GENERATOR, KerasDescription.json(networks.generator()),
            Dcgan.DISCRIMINATOR, KerasDescription.json(networks.discriminator())));
  }

  private RunConfig with(
      GanSettings newGan,
      int newEpochs,
      Map<String, InitialFile> files,
      Map<String, JsonNode> descriptions) {
    return new RunConfig(
        newGan,
        newEpochs,
        seed,
        saveEvery,
        checkpointMinutes,
        evaluateEvery,
        files,
        descriptions,
        dataset,
        versions);
  }

  /**
   * The networks that are trained.
   *
   * @throws EnvironmentException if the descriptions are damaged, or the networks do not fit each
   *     other
   */
  public Networks networks() {
    if (architectures.isEmpty()) {
      return Networks.notebook(gan.variant(), gan.noiseDim());
    }
    try {
      return new Networks(network(Dcgan.GENERATOR), network(Dcgan.DISCRIMINATOR));
    } catch (UnfitNetworksException misfit) {
      throw misfit.in("networks", FILE);
    }
  }

  /** The shape of the generator's images. */
  public ImageShape imageShape() {
    return ImageShape.of(networks().imageShape());
  }

  private Sequential network(String name) {
    String json = String.valueOf(architectures.get(name));
    return KerasConfig.sequential(json, name, FILE + "[" + name + "]");
  }

  /** A short description of the networks. */
  public String networkNames() {
    return architectures.isEmpty() ? gan.variant().label() : "custom networks";
  }
}
