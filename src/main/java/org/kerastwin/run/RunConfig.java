package org.kerastwin.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Variant;
import org.kerastwin.training.BatchNormStatistics;
import org.kerastwin.training.GanSettings;

/**
 * Everything that decides a run's numbers, and where they came from: {@code config.json}.
 *
 * @param variant the generator
 * @param epochs number of epochs
 * @param batchSize samples of the generator's update
 * @param learningRate of both Adams
 * @param beta1 of both Adams
 * @param noiseDim size of the noise of a sample
 * @param labelSmoothing the label of real images
 * @param batchNormStatistics of the moving statistics
 * @param form Keras's own ops, or faster ones
 * @param seed of {@code keras.utils.set_random_seed}
 * @param saveEvery epochs between two saved generators
 * @param initialWeights the files that the networks began with, by network; empty if their weights
 *     were drawn
 * @param dataset the training images
 * @param versions of the program and what it ran on when the run began
 */
@JsonPropertyOrder({
  "variant",
  "epochs",
  "batch_size",
  "learning_rate",
  "beta_1",
  "noise_dim",
  "label_smoothing",
  "bn_statistics",
  "form",
  "seed",
  "save_every",
  "initial_weights",
  "dataset",
  "versions"
})
public record RunConfig(
    Variant variant,
    int epochs,
    @JsonProperty("batch_size") int batchSize,
    @JsonProperty("learning_rate") double learningRate,
    @JsonProperty("beta_1") double beta1,
    @JsonProperty("noise_dim") int noiseDim,
    @JsonProperty("label_smoothing") double labelSmoothing,
    @JsonProperty("bn_statistics") BatchNormStatistics batchNormStatistics,
    Pass.Form form,
    long seed,
    @JsonProperty("save_every") int saveEvery,
    @JsonProperty("initial_weights") Map<String, InitialFile> initialWeights,
    Source dataset,
    Map<String, String> versions) {

  /**
   * Checks what would otherwise fail late, or not at all, if the file was edited.
   *
   * @throws IllegalArgumentException naming the first setting that is out of its range
   */
  public RunConfig {
    require(variant != null && variant.isTrainable(), "variant", variant);
    require(epochs >= 1, "epochs", epochs);
    require(batchSize >= 1, "batch_size", batchSize);
    require(learningRate > 0 && Double.isFinite(learningRate), "learning_rate", learningRate);
    require(beta1 >= 0 && beta1 < 1, "beta_1", beta1);
    require(noiseDim >= 1, "noise_dim", noiseDim);
    require(labelSmoothing >= 0 && labelSmoothing <= 1, "label_smoothing", labelSmoothing);
    require(batchNormStatistics != null, "bn_statistics", batchNormStatistics);
    require(form != null, "form", form);
    require(seed >= 0 && seed <= KerasStreams.GREATEST_SEED, "seed", seed);
    require(saveEvery >= 1, "save_every", saveEvery);
    require(initialWeights != null, "initial_weights", initialWeights);
  }

  private static void require(boolean valid, String setting, Object received) {
    if (!valid) {
      throw new IllegalArgumentException("%s %s".formatted(setting, received));
    }
  }

  /**
   * Where the images came from.
   *
   * @param request what the user asked for: {@code auto}, {@code mnist}, {@code digits} or a path
   * @param name which data set it was
   * @param origin the file, or "embedded"
   * @param sha256 its digest
   */
  public record Source(String request, String name, String origin, String sha256) {}

  /**
   * A file that a network began with.
   *
   * @param file its path
   * @param sha256 its digest
   */
  public record InitialFile(String file, String sha256) {}

  /** What decides the graph of a step. */
  public GanSettings ganSettings() {
    return new GanSettings(
        variant,
        batchSize,
        noiseDim,
        learningRate,
        beta1,
        labelSmoothing,
        batchNormStatistics,
        form);
  }

  /** The same run for another number of epochs. */
  public RunConfig withEpochs(int newEpochs) {
    return new RunConfig(
        variant,
        newEpochs,
        batchSize,
        learningRate,
        beta1,
        noiseDim,
        labelSmoothing,
        batchNormStatistics,
        form,
        seed,
        saveEvery,
        initialWeights,
        dataset,
        versions);
  }

  /** The same run with networks from files, and the settings of the Adams that they bring. */
  public RunConfig beginningWith(
      Map<String, InitialFile> files, double newLearningRate, double newBeta1) {
    return new RunConfig(
        variant,
        epochs,
        batchSize,
        newLearningRate,
        newBeta1,
        noiseDim,
        labelSmoothing,
        batchNormStatistics,
        form,
        seed,
        saveEvery,
        files,
        dataset,
        versions);
  }
}
