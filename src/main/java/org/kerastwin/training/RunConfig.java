package org.kerastwin.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Variant;

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
    Source dataset,
    Map<String, String> versions) {

  /** Checks the ranges, which the command line has checked already but a file has not. */
  public RunConfig {
    require(variant.isTrainable(), "variant", variant);
    require(epochs >= 1, "epochs", epochs);
    require(batchSize >= 1, "batch_size", batchSize);
    require(learningRate > 0 && Double.isFinite(learningRate), "learning_rate", learningRate);
    require(beta1 >= 0 && beta1 < 1, "beta_1", beta1);
    require(noiseDim >= 1, "noise_dim", noiseDim);
    require(labelSmoothing >= 0 && labelSmoothing <= 1, "label_smoothing", labelSmoothing);
    require(seed >= 0 && seed <= KerasStreams.GREATEST_SEED, "seed", seed);
    require(saveEvery >= 1, "save_every", saveEvery);
  }

  private static void require(boolean possible, String setting, Object value) {
    if (!possible) {
      throw new IllegalArgumentException(setting + "=" + value + ", which no run can have");
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
        dataset,
        versions);
  }
}
