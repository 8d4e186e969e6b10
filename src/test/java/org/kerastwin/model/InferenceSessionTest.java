package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;
import org.kerastwin.runtime.Device;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/** Inference with a small generator whose weights and images come from Keras. */
class InferenceSessionTest {
  /** The matrix product rounds differently for other batch sizes; tanh bounds the values. */
  private static final double ROUNDING = 1e-6;

  private static final Sequential MODEL =
      new Sequential(
          "small",
          Shape.of(4),
          new Dense(18),
          new Reshape(Shape.of(2, 3, 3)),
          new LeakyReLU(0.2),
          new BatchNormalization(),
          new UpSampling2D(),
          new Conv2D(2, 5, 1),
          new LeakyReLU(0.2),
          new BatchNormalization(),
          new UpSampling2D(),
          new Conv2D(1, 5, 1, Activation.Function.TANH));

  private static final Map<String, NdArray> FIXTURE =
      KerasFixtures.under(KerasFixtures.arrays("layers.npz"), "inference/generator_like/");
  private static final NdArray NOISE = FIXTURE.get("x");

  private final InferenceSession session =
      new InferenceSession(MODEL, weights(), Device.CPU, Form.FAST);

  @AfterEach
  void close() {
    session.close();
  }

  private static WeightMap weights() {
    Map<String, NdArray> weights = new LinkedHashMap<>();
    KerasFixtures.under(FIXTURE, "weight/")
        .forEach((path, value) -> weights.put("small/" + path, value));
    return new WeightMap(weights);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void givesTheImagesOfKerasForAnyBatchSize(int batchSize) {
    assertClose(FIXTURE.get("y"), session.run(NOISE, batchSize), ROUNDING, "images");
  }

  @Test
  void exactFormGivesTheImagesOfKeras() {
    try (InferenceSession exact = new InferenceSession(MODEL, weights(), Device.CPU, Form.EXACT)) {
      assertClose(FIXTURE.get("y"), exact.run(NOISE, 2), ROUNDING, "images");
    }
  }

  @Test
  void noSamplesGiveNoImages() {
    assertEquals(List.of(0, 8, 12, 1), session.run(NOISE.rows(0, 0), 2).shape());
  }

  @Test
  void typesEqualThoseOfTheVariables() {
    assertTrue(MODEL.types().areOf(weights()));
  }

  @Test
  void rejectsWeightsOfAnotherModel() {
    WeightMap strange =
        weights().and(new WeightMap(Map.of("other/dense/bias", weights().get("small/dense/bias"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new InferenceSession(MODEL, strange, Device.CPU, Form.FAST).close());
  }
}
