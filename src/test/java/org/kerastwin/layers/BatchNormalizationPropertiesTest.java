package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.AppliedModel;
import org.tensorflow.ndarray.Shape;

/** The properties of batch normalization that {@code src/doc/batch-normalization.md} states. */
class BatchNormalizationPropertiesTest {
  private static final int CHANNELS = 5;
  private static final List<Integer> IMAGES = List.of(4, 3, 3, CHANNELS);
  private static final List<Integer> VECTOR = List.of(CHANNELS);
  private static final int PIXELS = 4 * 3 * 3;
  private static final double EPSILON = 1e-3;

  /** A handful of float32 roundings of 6e-8 each. Leaving out epsilon would give 1e-4 and more. */
  private static final double ROUNDING = 1e-6;

  private static final String LAYER = "m/batch_normalization/";
  private static final Sequential MODEL =
      new Sequential("m", Shape.of(3, 3, CHANNELS), new BatchNormalization(0.99, EPSILON));

  static Stream<Arguments> seedsAndForms() {
    return Stream.of(1L, 2L, 3L)
        .flatMap(seed -> Stream.of(Form.values()).map(form -> Arguments.of(seed, form)));
  }

  @ParameterizedTest
  @MethodSource("seedsAndForms")
  void gammaAndBetaCanUndoInference(long seed, Form form) {
    Case drawn = new Case(new Random(seed));
    double[] gamma = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      gamma[c] = Math.sqrt(drawn.movingVariance[c] + EPSILON);
    }
    AppliedModel applied = drawn.apply(Mode.INFERENCE, form, gamma, drawn.movingMean);
    assertClose(drawn.x, applied.output(), ROUNDING, "output");
  }

  @ParameterizedTest
  @MethodSource("seedsAndForms")
  void gammaAndBetaCanUndoTraining(long seed, Form form) {
    Case drawn = new Case(new Random(seed));
    double[] gamma = new double[CHANNELS];
    double[] beta = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      beta[c] = drawn.mean(c);
      gamma[c] = Math.sqrt(drawn.variance(c) + EPSILON);
    }
    AppliedModel applied = drawn.apply(Mode.TRAINING, form, gamma, beta);
    assertClose(drawn.x, applied.output(), ROUNDING, "output");
  }

  /** Keras: {@code center=False, scale=False}. */
  @ParameterizedTest
  @MethodSource("seedsAndForms")
  void withoutGammaAndBetaTheyAreOneAndZero(long seed, Form form) {
    Case drawn = new Case(new Random(seed));
    double[] ones = new double[CHANNELS];
    Arrays.fill(ones, 1);
    Sequential bare =
        new Sequential(
            "m", Shape.of(3, 3, CHANNELS), new BatchNormalization(0.99, EPSILON, false, false));
    for (Mode mode : List.of(Mode.TRAINING, Mode.INFERENCE)) {
      AppliedModel expected = drawn.apply(mode, form, ones, new double[CHANNELS]);
      AppliedModel found = drawn.apply(bare, mode, form, Map.of());
      assertEquals(expected.output(), found.output());
      assertEquals(expected.inputGradient(), found.inputGradient());
      assertEquals(expected.stateUpdates(), found.stateUpdates());
      assertEquals(Map.of(), found.gradients());
    }
  }

  /** The map is affine, so that the bound is reached exactly. */
  @ParameterizedTest
  @MethodSource("seedsAndForms")
  void gradientsInInferenceGrowByTheBound(long seed, Form form) {
    Case drawn = new Case(new Random(seed));
    AppliedModel applied = drawn.apply(Mode.INFERENCE, form, drawn.gamma, drawn.beta);
    for (int c = 0; c < CHANNELS; c++) {
      double bound = Math.abs(drawn.gamma[c]) / Math.sqrt(drawn.movingVariance[c] + EPSILON);
      double growth = norm(applied.inputGradient(), c) / norm(drawn.dy, c);
      assertTrue(Math.abs(growth / bound - 1) <= ROUNDING, growth + " is not " + bound);
    }
  }

  @ParameterizedTest
  @MethodSource("seedsAndForms")
  void gradientsInTrainingStayBelowTheBound(long seed, Form form) {
    Case drawn = new Case(new Random(seed));
    AppliedModel applied = drawn.apply(Mode.TRAINING, form, drawn.gamma, drawn.beta);
    for (int c = 0; c < CHANNELS; c++) {
      double bound = Math.abs(drawn.gamma[c]) / Math.sqrt(drawn.variance(c) + EPSILON);
      double growth = norm(applied.inputGradient(), c) / norm(drawn.dy, c);
      assertTrue(growth <= bound * (1 + ROUNDING), growth + " is above " + bound);
      // Two of 36 directions are lost, so that a random gradient keeps most of its length.
      assertTrue(growth >= bound / 2, growth + " is far below " + bound);
    }
  }

  private static double norm(NdArray array, int channel) {
    double squares = 0;
    for (int i = channel; i < PIXELS * CHANNELS; i += CHANNELS) {
      squares += Math.pow(array.floats()[i], 2);
    }
    return Math.sqrt(squares);
  }

  /** Random images, gradients and weights. Channels differ in mean and variance. */
  private static final class Case {
    final NdArray x;
    final NdArray dy;
    final double[] gamma;
    final double[] beta;
    final double[] movingMean;
    final double[] movingVariance;

    Case(Random random) {
      float[] values = new float[PIXELS * CHANNELS];
      for (int i = 0; i < values.length; i++) {
        int channel = i % CHANNELS;
        values[i] = (float) (random.nextGaussian() * (0.1 + channel) + channel - 2);
      }
      x = NdArray.ofFloats(values, IMAGES);
      float[] gradient = new float[values.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
      dy = NdArray.ofFloats(gradient, IMAGES);
      gamma = random.doubles(CHANNELS, -2, 2).toArray();
      beta = random.doubles(CHANNELS, -2, 2).toArray();
      movingMean = random.doubles(CHANNELS, -1, 1).toArray();
      movingVariance = random.doubles(CHANNELS, 0.01, 3).toArray();
    }

    double mean(int channel) {
      double sum = 0;
      for (int i = channel; i < PIXELS * CHANNELS; i += CHANNELS) {
        sum += x.floats()[i];
      }
      return sum / PIXELS;
    }

    double variance(int channel) {
      double mean = mean(channel);
      double squares = 0;
      for (int i = channel; i < PIXELS * CHANNELS; i += CHANNELS) {
        squares += Math.pow(x.floats()[i] - mean, 2);
      }
      return squares / PIXELS;
    }

    AppliedModel apply(Mode mode, Form form, double[] gamma, double[] beta) {
      return apply(
          MODEL, mode, form, Map.of(LAYER + "gamma", vector(gamma), LAYER + "beta", vector(beta)));
    }

    AppliedModel apply(Sequential model, Mode mode, Form form, Map<String, NdArray> trainable) {
      Map<String, NdArray> weights = new HashMap<>(trainable);
      weights.put(LAYER + "moving_mean", vector(movingMean));
      weights.put(LAYER + "moving_variance", vector(movingVariance));
      return AppliedModel.of(model, mode, form, weights, x, dy);
    }

    private static NdArray vector(double[] values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      return NdArray.ofFloats(floats, VECTOR);
    }
  }
}
