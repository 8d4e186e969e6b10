package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Variant;
import org.kerastwin.runtime.Device;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.weights.WeightMap;

class GanStepTest {
  private static final int BATCH = 5;
  private static final String KERNEL = "generator/dense/kernel";

  /** Another batch size rounds the matrix product differently; tanh bounds the values. */
  private static final double ROUNDING = 1e-5;

  /** For means over 245 float32 values. One batch more or less in the mean costs 1e-1. */
  private static final double STATISTICS = 3e-6;

  /** Three roundings by at most 2^-8. */
  private static final double BFLOAT16 = 3.0 / 256;

  private static final int POSITIONS = 7 * 7;
  private static final int CHANNELS = 128;

  private static GanStep gan(BatchNormStatistics statistics) {
    return new GanStep(settings(statistics), Device.CPU, TinyRuns.seeds());
  }

  private static GanSettings settings(BatchNormStatistics statistics) {
    return TinyRuns.settings(Variant.TRANSPOSED, Form.FAST, statistics, BATCH);
  }

  @Test
  void usingAGanAddsNothingToItsGraph() {
    try (GanStep gan = gan(BatchNormStatistics.EXPONENTIAL)) {
      int before = gan.operations();
      assertTrue(before > 0);
      gan.step(TinyRuns.batch(gan.settings(), 1));
      gan.step(TinyRuns.batch(gan.settings(), 2));
      gan.generate(TinyRuns.noise(2));
      gan.restore(gan.state());
      gan.generatorWeights();
      assertEquals(before, gan.operations());
    }
  }

  /** One call for all updates equals three calls in sequence. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void oneCallEqualsThreeBitForBit(Form form) {
    GanSettings settings =
        TinyRuns.settings(Variant.UPSAMPLING, form, BatchNormStatistics.EXPONENTIAL, BATCH);
    try (GanStep one = new GanStep(settings, Device.CPU, TinyRuns.seeds());
        GanStep three = GanStep.apart(settings, Device.CPU, TinyRuns.seeds())) {
      for (int step = 0; step < 3; step++) {
        Batch batch = TinyRuns.batch(settings, step);
        float real = three.update(GanUpdate.REAL, batch);
        float fake = three.update(GanUpdate.FAKE, batch);
        float generator = three.update(GanUpdate.GENERATOR, batch);
        assertEquals(new Losses(real, fake, generator), one.step(batch).losses());
      }
      assertEquals(three.state().tensors(), one.state().tensors());
    }
  }

  /** 8 significant bits per number; the first losses are means over {@link #BATCH} images. */
  @ParameterizedTest
  @EnumSource(names = {"UPSAMPLING", "TRANSPOSED"})
  void trainsFloat32WeightsInBfloat16(Variant variant) {
    GanSettings float32 =
        TinyRuns.settings(variant, Form.FAST, BatchNormStatistics.EXPONENTIAL, BATCH);
    GanSettings mixed = float32.withPrecision(Precision.MIXED_BFLOAT16);
    try (GanStep expected = new GanStep(float32, Device.CPU, TinyRuns.seeds());
        GanStep found = new GanStep(mixed, Device.CPU, TinyRuns.seeds())) {
      WeightMap before = found.generatorWeights();
      Losses wanted = expected.step(TinyRuns.batch(float32, 1)).losses();
      Losses losses = found.step(TinyRuns.batch(mixed, 1)).losses();
      assertEquals(wanted.discriminatorReal(), losses.discriminatorReal(), BFLOAT16);
      assertEquals(wanted.discriminatorFake(), losses.discriminatorFake(), BFLOAT16);
      assertEquals(wanted.generator(), losses.generator(), BFLOAT16);
      assertNotEquals(wanted.generator(), losses.generator());
      for (NdArray weight : found.generatorWeights().tensors().values()) {
        assertEquals(DType.FLOAT32, weight.dtype());
      }
      assertNotEquals(before.tensors(), found.generatorWeights().tensors());
      assertEquals(expected.multiplyAdds(), found.multiplyAdds());
    }
  }

  /** With one real image and one fake, each output follows from its loss. */
  @Test
  void outputsAreThoseOfTheLosses() {
    GanSettings settings =
        TinyRuns.settings(Variant.UPSAMPLING, Form.FAST, BatchNormStatistics.EXPONENTIAL, 2);
    try (GanStep gan = new GanStep(settings, Device.CPU, TinyRuns.seeds())) {
      StepMetrics found = gan.step(TinyRuns.batch(settings, 1));
      double real = found.outputOnReal();
      double label = settings.realLabel();
      assertEquals(
          found.losses().discriminatorReal(),
          -label * Math.log(real) - (1 - label) * Math.log(1 - real),
          ROUNDING);
      double fake = found.outputOnFake();
      assertEquals(found.losses().discriminatorFake(), -Math.log(1 - fake), ROUNDING);
    }
  }

  /** Both forms have the same variables, so training can switch between them. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void trainingContinuesInTheOtherForm(Form begun) {
    Form other = begun == Form.FAST ? Form.EXACT : Form.FAST;
    try (GanStep stays = gan(begun);
        GanStep changed = gan(other)) {
      for (int step = 0; step < 2; step++) {
        stays.step(TinyRuns.batch(stays.settings(), step));
      }
      changed.restore(stays.state());
      Batch next = TinyRuns.batch(stays.settings(), 2);
      Losses expected = stays.step(next).losses();
      Losses found = changed.step(next).losses();
      assertEquals(expected.discriminatorReal(), found.discriminatorReal(), ROUNDING);
      assertEquals(expected.discriminatorFake(), found.discriminatorFake(), ROUNDING);
      assertEquals(expected.generator(), found.generator(), ROUNDING);
    }
  }

  private static GanStep gan(Form form) {
    return new GanStep(
        TinyRuns.settings(Variant.UPSAMPLING, form, BatchNormStatistics.EXPONENTIAL, BATCH),
        Device.CPU,
        TinyRuns.seeds());
  }

  @Test
  void generatingChangesNothing() {
    try (GanStep gan = gan(BatchNormStatistics.EXPONENTIAL)) {
      for (int step = 0; step < 2; step++) {
        gan.step(TinyRuns.batch(gan.settings(), step));
      }
      WeightMap before = gan.state();
      NdArray images = gan.generate(TinyRuns.noise(4));
      assertEquals(before.tensors(), gan.state().tensors());
      // With a batch's own statistics an image would depend on its neighbors.
      assertClose(
          images.rows(1, 2), gan.generate(TinyRuns.noise(4).rows(1, 2)), ROUNDING, "image alone");
      try (InferenceSession inference =
          new InferenceSession(
              Dcgan.generator(Variant.TRANSPOSED, TinyRuns.NOISE_DIM),
              gan.generatorWeights(),
              Device.CPU,
              Form.EXACT)) {
        assertClose(images, inference.run(TinyRuns.noise(4), 4), ROUNDING, "images");
      }
    }
  }

  /** Keras's first average is the weights after the first step, and the second is halfway. */
  @Test
  void theAverageFollowsTheUpdatedWeights() {
    try (GanStep gan = averaging()) {
      gan.step(TinyRuns.batch(gan.settings(), 1));
      NdArray first = gan.state().get(KERNEL);
      assertEquals(first, gan.state().get("average/" + KERNEL));
      gan.step(TinyRuns.batch(gan.settings(), 2));
      float[] halfway = first.floats();
      float[] second = gan.state().get(KERNEL).floats();
      for (int i = 0; i < halfway.length; i++) {
        halfway[i] = 0.5f * halfway[i] + 0.5f * second[i];
      }
      assertArrayEquals(halfway, gan.state().get("average/" + KERNEL).floats());
    }
  }

  @Test
  void imagesComeFromTheAverage() {
    try (GanStep gan = averaging()) {
      gan.step(TinyRuns.batch(gan.settings(), 1));
      gan.step(TinyRuns.batch(gan.settings(), 2));
      WeightMap averages = gan.generatorWeights();
      assertEquals(gan.state().get("average/" + KERNEL), averages.get(KERNEL));
      assertEquals(gan.state().get(KERNEL), gan.trainedGeneratorWeights().get(KERNEL));
      try (InferenceSession inference =
          new InferenceSession(
              Dcgan.generator(Variant.TRANSPOSED, TinyRuns.NOISE_DIM),
              averages,
              Device.CPU,
              Form.EXACT)) {
        NdArray noise = TinyRuns.noise(4);
        assertClose(inference.run(noise, 4), gan.generate(noise), ROUNDING, "images");
      }
    }
  }

  private static GanStep averaging() {
    return new GanStep(
        settings(BatchNormStatistics.EXPONENTIAL).withEma(0.5), Device.CPU, TinyRuns.seeds());
  }

  /** The exact form predicts 50 fakes in chunks of 32 and 18, the fast form all at once. */
  @Test
  void chunksOfFakesAreThoseOfTheNoise() {
    GanSettings settings = settings(BatchNormStatistics.EXPONENTIAL).withBatchSize(100);
    try (GanStep whole = new GanStep(settings, Device.CPU, TinyRuns.seeds());
        GanStep chunked =
            new GanStep(settings.withForm(Form.EXACT), Device.CPU, TinyRuns.seeds())) {
      Batch batch = TinyRuns.batch(settings, 1);
      float[] growing = batch.fakeNoise();
      for (int i = 0; i < growing.length; i++) {
        growing[i] *= i;
      }
      Batch made = new Batch(batch.images(), growing, batch.noise());
      assertEquals(
          whole.step(made).losses().discriminatorFake(),
          chunked.step(made).losses().discriminatorFake(),
          ROUNDING);
    }
  }

  @Test
  void restoredStatesContinueBitForBit() {
    try (GanStep gan = gan(BatchNormStatistics.EXPONENTIAL);
        GanStep other = gan(BatchNormStatistics.EXPONENTIAL)) {
      gan.step(TinyRuns.batch(gan.settings(), 1));
      WeightMap saved = gan.state();
      assertTrue(gan.stateTypes().areOf(saved));
      other.step(TinyRuns.batch(gan.settings(), 8));
      other.restore(saved);
      assertEquals(
          gan.step(TinyRuns.batch(gan.settings(), 2)),
          other.step(TinyRuns.batch(gan.settings(), 2)));
      assertEquals(gan.state().tensors(), other.state().tensors());
    }
  }

  /**
   * The first batch normalization reads {@code LeakyReLU(dense(noise))}, which is computed here in
   * double from the weights before each step.
   */
  @ParameterizedTest
  @EnumSource(BatchNormStatistics.class)
  void movingStatisticsFollowTheBatches(BatchNormStatistics statistics) {
    try (GanStep gan = gan(statistics)) {
      List<double[]> means = new ArrayList<>();
      List<double[]> variances = new ArrayList<>();
      for (int step = 1; step <= 3; step++) {
        Batch batch = TinyRuns.batch(gan.settings(), step);
        double[][] values = valuesByChannel(gan.generatorWeights(), batch.noise());
        double[] mean = new double[CHANNELS];
        double[] variance = new double[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
          mean[channel] = mean(values[channel]);
          variance[channel] = variance(values[channel], mean[channel]);
        }
        means.add(mean);
        variances.add(variance);
        gan.step(batch);
        assertStatistic(gan, "moving_mean", expected(statistics, means, 0));
        assertStatistic(gan, "moving_variance", expected(statistics, variances, 1));
      }
    }
  }

  private static void assertStatistic(GanStep gan, String name, float[] expected) {
    assertClose(
        NdArray.ofFloats(expected, List.of(CHANNELS)),
        gan.generatorWeights().get("generator/batch_normalization/" + name),
        STATISTICS,
        name);
  }

  private static float[] expected(
      BatchNormStatistics statistics, List<double[]> batches, double initial) {
    float[] expected = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      double moving = initial;
      double sum = 0;
      for (double[] batch : batches) {
        moving = 0.99 * moving + 0.01 * batch[channel];
        sum += batch[channel];
      }
      expected[channel] =
          (float) (statistics == BatchNormStatistics.CUMULATIVE ? sum / batches.size() : moving);
    }
    return expected;
  }

  private static double[][] valuesByChannel(WeightMap generator, float[] noise) {
    float[] kernel = generator.get("generator/dense/kernel").floats();
    float[] bias = generator.get("generator/dense/bias").floats();
    double[][] values = new double[CHANNELS][BATCH * POSITIONS];
    for (int sample = 0; sample < BATCH; sample++) {
      for (int unit = 0; unit < bias.length; unit++) {
        double sum = bias[unit];
        for (int k = 0; k < TinyRuns.NOISE_DIM; k++) {
          sum += (double) noise[sample * TinyRuns.NOISE_DIM + k] * kernel[k * bias.length + unit];
        }
        values[unit % CHANNELS][sample * POSITIONS + unit / CHANNELS] = sum >= 0 ? sum : 0.2 * sum;
      }
    }
    return values;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
