package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;
import org.kerastwin.runtime.Device;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/** Folding batch normalizations does not change the output of a model. */
class FoldedModelTest {
  /** Several float32 roundings (6e-8 each) add up over a few layers. */
  private static final double ROUNDING = 2e-6;

  private static final BatchNormalization NORM = new BatchNormalization();
  private static final Reshape IMAGE = new Reshape(Shape.of(3, 3, 4));

  static Stream<Arguments> models() {
    LeakyReLU leaky = new LeakyReLU(0.2);
    return Stream.of(
        model("behind a convolution", "conv2d", IMAGE, new Conv2D(6, 3, 2), NORM, leaky),
        model("a transposed one", "conv2d_transpose", IMAGE, new Conv2DTranspose(6, 3, 2), NORM),
        model("through a reshaping", "dense", new Dense(36), IMAGE, NORM, leaky),
        model("through upsampling", "conv2d", IMAGE, new Conv2D(6, 3, 1), up(), NORM),
        model("a reshaped image", "conv2d", IMAGE, new Conv2D(8, 3, 1), to(6, 6, 2), NORM),
        model("two of them", "conv2d", IMAGE, new Conv2D(6, 3, 1), NORM, NORM),
        model("behind a leaky ReLU", "affine", IMAGE, new Conv2D(6, 3, 1), leaky, NORM),
        model("behind a tanh", "affine", IMAGE, new Conv2D(6, 3, 1, Function.TANH), NORM),
        model("channels mixed", "affine", IMAGE, new Conv2D(6, 3, 1), to(3, 2, 9), NORM),
        model("behind nothing", "affine", IMAGE, NORM),
        model("a vector behind a leaky ReLU", "affine", new Dense(9), leaky, NORM, new Dense(2)),
        model("before a convolution", "affine", IMAGE, leaky, NORM, up(), new Conv2D(2, 5, 1)),
        model("none", "dense", new Dense(4), new LeakyReLU(0.2), new Dense(2)));
  }

  private static UpSampling2D up() {
    return new UpSampling2D();
  }

  private static Reshape to(int height, int width, int channels) {
    return new Reshape(Shape.of(height, width, channels));
  }

  private static Arguments model(String what, String layer, Layer... chain) {
    return Arguments.of(what, layer, new Sequential("m", Shape.of(36), chain));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void givesTheOutputOfTheModel(String what, String layer, Sequential model) {
    WeightMap weights = random(model);
    NdArray x = array(new Random(3), List.of(5, 36));
    FoldedModel folded = FoldedModel.of(model, weights);
    List<String> names = folded.model().nodes().stream().map(LayerNode::name).toList();
    assertTrue(names.contains(layer), names::toString);
    assertEquals(layer.equals("affine"), names.contains("affine"), names::toString);
    assertFalse(names.contains("batch_normalization"), names::toString);
    assertClose(run(model, weights, x), run(folded.model(), folded.weights(), x), ROUNDING, what);
  }

  /** The expected images in {@code layers.npz} come from Keras. */
  @Test
  void givesTheImagesOfKeras() {
    Map<String, NdArray> fixture =
        KerasFixtures.under(KerasFixtures.arrays("layers.npz"), "inference/generator_like/");
    Sequential model =
        new Sequential(
            "small",
            Shape.of(4),
            new Dense(18),
            new Reshape(Shape.of(2, 3, 3)),
            new LeakyReLU(0.2),
            NORM,
            new UpSampling2D(),
            new Conv2D(2, 5, 1),
            new LeakyReLU(0.2),
            NORM,
            new UpSampling2D(),
            new Conv2D(1, 5, 1, Function.TANH));
    Map<String, NdArray> weights = new LinkedHashMap<>();
    KerasFixtures.under(fixture, "weight/")
        .forEach((path, value) -> weights.put("small/" + path, value));
    FoldedModel folded = FoldedModel.of(model, new WeightMap(weights));
    for (Form form : Form.values()) {
      try (InferenceSession session =
          new InferenceSession(folded.model(), folded.weights(), Device.CPU, form)) {
        assertClose(fixture.get("y"), session.run(fixture.get("x"), 3), ROUNDING, form.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheNamesOfOtherLayers(Variant variant) {
    Sequential model = Dcgan.generator(variant, 100);
    List<String> expected =
        model.nodes().stream()
            .map(node -> node.name().replace("batch_normalization", "affine"))
            .toList();
    assertEquals(expected, FoldedModel.of(model).nodes().stream().map(LayerNode::name).toList());
  }

  private static NdArray run(Sequential model, WeightMap weights, NdArray x) {
    try (InferenceSession session = new InferenceSession(model, weights, Device.CPU, Form.EXACT)) {
      return session.run(x, 8);
    }
  }

  /** Weights of either sign, including gamma, and positive variances. */
  private static WeightMap random(Sequential model) {
    Random random = new Random(1);
    Map<String, NdArray> weights = new LinkedHashMap<>();
    model
        .weights()
        .forEach(
            (path, spec) -> {
              NdArray drawn = array(random, spec.shape());
              weights.put(path, path.endsWith("variance") ? squared(drawn) : drawn);
            });
    return new WeightMap(weights);
  }

  private static NdArray array(Random random, List<Integer> shape) {
    float[] values = new float[(int) NdArray.elements(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return NdArray.ofFloats(values, shape);
  }

  private static NdArray squared(NdArray array) {
    float[] values = array.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= values[i];
    }
    return NdArray.ofFloats(values, array.shape());
  }
}
