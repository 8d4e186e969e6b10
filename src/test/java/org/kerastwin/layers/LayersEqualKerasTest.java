package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.kerastwin.testing.Closeness.assertClose;
import static org.kerastwin.testing.Closeness.assertGradientsClose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.AppliedModel;
import org.kerastwin.testing.KerasFixtures;
import org.tensorflow.ndarray.Shape;

/** Each layer gives Keras's output, gradients and moving statistics, in training and inference. */
class LayersEqualKerasTest {
  /**
   * For single layers, whose sums have at most 150 products of size 1: another order of additions
   * costs at most 3e-7. A transposed kernel, a wrong stride or a missing bias costs 1e-1, epsilon
   * 1e-5 for 1e-3 costs 1e-4, Bessel's correction of the moving variance 4e-4.
   */
  private static final double ROUNDING = 1e-6;

  /** For ten layers with two batch normalizations, which amplify earlier rounding. */
  private static final double ROUNDING_OF_TEN_LAYERS = 1e-5;

  private static final Map<String, NdArray> FIXTURES = KerasFixtures.arrays("layers.npz");
  private static final Map<String, List<Layer>> CASES = cases();

  private static Map<String, List<Layer>> cases() {
    Map<String, List<Layer>> cases = new LinkedHashMap<>();
    cases.put("dense", List.of(new Dense(3)));
    cases.put("dense_tanh", List.of(new Dense(3, Function.TANH)));
    cases.put("dense_one_sigmoid", List.of(new Dense(1, Function.SIGMOID)));
    cases.put("reshape", List.of(new Reshape(Shape.of(2, 3, 2))));
    cases.put("flatten", List.of(new Flatten()));
    cases.put("leaky_re_lu", List.of(new LeakyReLU(0.2)));
    cases.put("activation_tanh", List.of(new Activation(Function.TANH)));
    cases.put("activation_sigmoid", List.of(new Activation(Function.SIGMOID)));
    cases.put("activation_linear", List.of(new Activation(Function.LINEAR)));
    cases.put("batch_normalization", List.of(new BatchNormalization()));
    cases.put("batch_normalization_other", List.of(new BatchNormalization(0.9, 0.05)));
    cases.put("up_sampling2d", List.of(new UpSampling2D()));
    cases.put("up_sampling2d_3", List.of(new UpSampling2D(3)));
    cases.put("conv2d", List.of(new Conv2D(3, 5, 1)));
    cases.put("conv2d_strides", List.of(new Conv2D(3, 5, 2)));
    cases.put("conv2d_strides_even", List.of(new Conv2D(2, 3, 2)));
    cases.put("conv2d_one_tanh", List.of(new Conv2D(1, 3, 1, Function.TANH)));
    cases.put("conv2d_transpose", List.of(new Conv2DTranspose(3, 5, 1)));
    cases.put("conv2d_transpose_strides", List.of(new Conv2DTranspose(3, 5, 2)));
    cases.put("conv2d_transpose_one_tanh", List.of(new Conv2DTranspose(1, 5, 2, Function.TANH)));
    cases.put(
        "generator_like",
        List.of(
            new Dense(18),
            new Reshape(Shape.of(2, 3, 3)),
            new LeakyReLU(0.2),
            new BatchNormalization(),
            new UpSampling2D(),
            new Conv2D(2, 5, 1),
            new LeakyReLU(0.2),
            new BatchNormalization(),
            new UpSampling2D(),
            new Conv2D(1, 5, 1, Function.TANH)));
    return cases;
  }

  static Set<String> caseNames() {
    return CASES.keySet();
  }

  @ParameterizedTest
  @MethodSource("caseNames")
  void equalKerasInInference(String name) {
    assertEqualsKeras(name, Mode.INFERENCE, Form.EXACT);
  }

  @ParameterizedTest
  @MethodSource("caseNames")
  void equalKerasInTraining(String name) {
    assertEqualsKeras(name, Mode.TRAINING, Form.EXACT);
  }

  @ParameterizedTest
  @MethodSource("caseNames")
  void equalKerasInTheFastForm(String name) {
    assertEqualsKeras(name, Mode.INFERENCE, Form.FAST);
    assertEqualsKeras(name, Mode.TRAINING, Form.FAST);
  }

  @ParameterizedTest
  @MethodSource("caseNames")
  void weightsHaveTheOrderOfKeras(String name) {
    Map<String, NdArray> expected = fixture(name, Mode.TRAINING);
    Sequential model = model(name, expected.get("x"));
    assertEquals(
        List.copyOf(weights(model, expected, "weight/").keySet()),
        List.copyOf(model.weights().keySet()));
  }

  /** LayerFixturesTest has the fixtures of all other layers. */
  @Test
  void testsEveryFixture() {
    Set<String> fixtures =
        FIXTURES.keySet().stream().map(key -> key.split("/", -1)[1]).collect(Collectors.toSet());
    assertEquals(new TreeSet<>(fixtures), new TreeSet<>(CASES.keySet()));
  }

  private static void assertEqualsKeras(String name, Mode mode, Form form) {
    Map<String, NdArray> expected = fixture(name, mode);
    Sequential model = model(name, expected.get("x"));
    AppliedModel applied =
        AppliedModel.of(
            model,
            mode,
            form,
            weights(model, expected, "weight/"),
            expected.get("x"),
            expected.get("dy"));
    double tolerance = CASES.get(name).size() == 1 ? ROUNDING : ROUNDING_OF_TEN_LAYERS;
    assertClose(expected.get("y"), applied.output(), tolerance, "output");
    assertClose(expected.get("dx"), applied.inputGradient(), tolerance, "gradient by the input");
    assertGradientsClose(weights(model, expected, "gradient/"), applied.gradients(), tolerance);
    assertClose(weights(model, expected, "state/"), applied.stateUpdates(), tolerance, "statistic");
  }

  private static Map<String, NdArray> fixture(String name, Mode mode) {
    return KerasFixtures.under(FIXTURES, mode.name().toLowerCase(Locale.ROOT) + "/" + name + "/");
  }

  private static Sequential model(String name, NdArray x) {
    Shape batched = Tensors.shape(x.shape());
    Shape sample = batched.takeLast(batched.numDimensions() - 1);
    return new Sequential("m", sample, CASES.get(name).toArray(Layer[]::new));
  }

  /** A fixture's arrays by our paths. Names for a single layer omit the layer. */
  private static Map<String, NdArray> weights(
      Sequential model, Map<String, NdArray> fixture, String prefix) {
    boolean single = model.nodes().size() == 1;
    String layer = single ? model.nodes().get(0).name() + "/" : "";
    Map<String, NdArray> byPath = new LinkedHashMap<>();
    KerasFixtures.under(fixture, prefix)
        .forEach((weight, value) -> byPath.put("m/" + layer + weight, value));
    return byPath;
  }
}
