package org.kerastwin.training;

import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Variant;

/**
 * The settings that determine the graph of a GAN step.
 *
 * @param variant the generator
 * @param batchSize samples in the generator's update; the discriminator's two updates take half,
 *     rounded up
 * @param noiseDim length of a noise vector
 * @param adam settings of both optimizers
 * @param realLabel the label of real images in [0, 1], below 1 for one-sided smoothing
 * @param statistics how batch normalization updates its moving statistics
 * @param form whether the graph uses the same ops as Keras, or faster ones
 * @param precision the precision of the arithmetic; the exact form supports only float32
 * @param ema momentum of the moving average of the generator's weights; 0 for no average
 */
public record GanSettings(
    Variant variant,
    int batchSize,
    int noiseDim,
    AdamSettings adam,
    double realLabel,
    BatchNormStatistics statistics,
    Pass.Form form,
    Precision precision,
    double ema) {
  /** The noise size in the notebook, for every variant. */
  public static final int NOTEBOOK_NOISE_DIM = 100;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the first setting that is out of its range
   */
  public GanSettings {
    require("variant", variant, variant != null);
    require("batch_size", batchSize, batchSize >= 1);
    require("noise_dim", noiseDim, noiseDim >= 1);
    require("adam", adam, adam != null);
    require("label_smoothing", realLabel, realLabel >= 0 && realLabel <= 1);
    require("bn_statistics", statistics, statistics != null);
    require("form", form, form != null);
    require("precision", precision, precision != null && precision.goesWith(form));
    require("ema", ema, ema >= 0 && ema < 1);
  }

  /** Settings in float32 without an average. */
  public GanSettings(
      Variant variant,
      int batchSize,
      int noiseDim,
      AdamSettings adam,
      double realLabel,
      BatchNormStatistics statistics,
      Pass.Form form) {
    this(variant, batchSize, noiseDim, adam, realLabel, statistics, form, Precision.FLOAT32, 0);
  }

  private static void require(String setting, Object received, boolean isValid) {
    if (!isValid) {
      throw new IllegalArgumentException(setting + " " + received);
    }
  }

  /** The notebook's values for a variant. */
  public static GanSettings notebook(Variant variant) {
    return new GanSettings(
        variant,
        256,
        NOTEBOOK_NOISE_DIM,
        new AdamSettings(2e-4, 0.5),
        0.9,
        BatchNormStatistics.EXPONENTIAL,
        Pass.Form.FAST);
  }

  /** The same settings with another batch size. */
  public GanSettings withBatchSize(int other) {
    return new GanSettings(
        variant, other, noiseDim, adam, realLabel, statistics, form, precision, ema);
  }

  /** The same settings with another form of the graph. */
  public GanSettings withForm(Pass.Form other) {
    return new GanSettings(
        variant, batchSize, noiseDim, adam, realLabel, statistics, other, precision, ema);
  }

  /** The same settings with another noise size. */
  public GanSettings withNoiseDim(int other) {
    return new GanSettings(
        variant, batchSize, other, adam, realLabel, statistics, form, precision, ema);
  }

  /** The same settings with other settings of Adam. */
  public GanSettings withAdam(AdamSettings other) {
    return new GanSettings(
        variant, batchSize, noiseDim, other, realLabel, statistics, form, precision, ema);
  }

  /** The same settings with another label of real images. */
  public GanSettings withRealLabel(double label) {
    return new GanSettings(
        variant, batchSize, noiseDim, adam, label, statistics, form, precision, ema);
  }

  /** The same settings with other moving statistics. */
  public GanSettings withStatistics(BatchNormStatistics other) {
    return new GanSettings(
        variant, batchSize, noiseDim, adam, realLabel, other, form, precision, ema);
  }

  /** The same settings with an average of the generator's weights. */
  public GanSettings withEma(double momentum) {
    return new GanSettings(
        variant, batchSize, noiseDim, adam, realLabel, statistics, form, precision, momentum);
  }

  /** The same settings in another precision. */
  public GanSettings withPrecision(Precision other) {
    return new GanSettings(
        variant, batchSize, noiseDim, adam, realLabel, statistics, form, other, ema);
  }

  /** Whether the generator's weights are averaged. */
  public boolean averages() {
    return ema > 0;
  }

  /** Samples in each of the discriminator's two updates. */
  public int halfBatch() {
    return (batchSize + 1) / 2;
  }
}
