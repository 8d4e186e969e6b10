package org.kerastwin.training;

import org.kerastwin.layers.Pass;
import org.kerastwin.model.Variant;

/**
 * What decides the graph of a GAN step.
 *
 * @param variant the generator
 * @param batchSize samples of the generator's update; the discriminator's two take half, rounded up
 * @param noiseDim size of the noise of a sample
 * @param learningRate of both Adams
 * @param beta1 of both Adams
 * @param realLabel the label of real images, below 1 for one-sided smoothing
 * @param statistics of batch normalization
 * @param form Keras's own ops, or faster ones
 */
public record GanSettings(
    Variant variant,
    int batchSize,
    int noiseDim,
    double learningRate,
    double beta1,
    double realLabel,
    BatchNormStatistics statistics,
    Pass.Form form) {
  /** The notebook's size of the noise, for every variant. */
  public static final int NOTEBOOK_NOISE_DIM = 100;

  /** The notebook's values for a variant. */
  public static GanSettings notebook(Variant variant) {
    return new GanSettings(
        variant,
        256,
        NOTEBOOK_NOISE_DIM,
        2e-4,
        0.5,
        0.9,
        BatchNormStatistics.EXPONENTIAL,
        Pass.Form.FAST);
  }

  /** The same for another size of the batch, in another form. */
  public GanSettings with(int newBatchSize, Pass.Form newForm) {
    return new GanSettings(
        variant, newBatchSize, noiseDim, learningRate, beta1, realLabel, statistics, newForm);
  }

  /** The same with another size of the noise. */
  public GanSettings withNoiseDim(int other) {
    return new GanSettings(
        variant, batchSize, other, learningRate, beta1, realLabel, statistics, form);
  }

  /** Samples of each of the discriminator's two updates. */
  public int halfBatch() {
    return (batchSize + 1) / 2;
  }
}
