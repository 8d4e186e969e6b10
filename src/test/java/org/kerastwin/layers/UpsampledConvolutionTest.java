package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;
import static org.kerastwin.testing.Closeness.assertGradientsClose;
import static org.kerastwin.testing.Closeness.relativeError;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.AppliedModel;
import org.tensorflow.ndarray.Shape;

/** The fast form equals the exact one up to the order of additions. */
class UpsampledConvolutionTest {
  /**
   * Sums of up to 100 products in another order. A tap in a wrong phase costs 1e-1; see {@link
   * #detectsWrongTaps}.
   */
  private static final double ROUNDING = 1e-6;

  private static final int BATCH = 2;

  @ParameterizedTest
  @EnumSource(Mode.class)
  void equalsTheExactForm(Mode mode) {
    assertFormsAgree(new Conv2D(3, 5, 1), mode);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void equalsTheExactFormWithOneFilterAndActivation(Mode mode) {
    assertFormsAgree(new Conv2D(1, 5, 1, Activation.Function.TANH), mode);
  }

  private static void assertFormsAgree(Conv2D convolution, Mode mode) {
    Sequential model = model(convolution);
    AppliedModel exact = applied(model, mode, Form.EXACT, 1);
    AppliedModel fast = applied(model, mode, Form.FAST, 1);
    assertTrue(fast.opTypes().contains("DepthToSpace"), "the fast form was not taken");
    assertFalse(exact.opTypes().contains("DepthToSpace"));
    assertClose(exact.output(), fast.output(), ROUNDING, "output");
    assertClose(exact.inputGradient(), fast.inputGradient(), ROUNDING, "gradient by the input");
    assertGradientsClose(exact.gradients(), fast.gradients(), ROUNDING);
  }

  /** One tap of 75, changed by a fifth, exceeds the tolerance a thousand times. */
  @Test
  void detectsWrongTaps() {
    Sequential model = model(new Conv2D(3, 5, 1));
    NdArray right = applied(model, Mode.INFERENCE, Form.EXACT, 1).output();
    NdArray wrong = applied(model, Mode.INFERENCE, Form.FAST, 1.2f).output();
    double error = relativeError(right, wrong);
    assertTrue(error > 1000 * ROUNDING, () -> "relative error " + error);
  }

  private static Sequential model(Conv2D convolution) {
    return new Sequential("m", Shape.of(3, 4, 2), new UpSampling2D(), convolution);
  }

  private static AppliedModel applied(
      Sequential model, Mode mode, Form form, float factorOfFirstTap) {
    Random random = new Random(5);
    Map<String, NdArray> weights = new LinkedHashMap<>();
    model
        .weights()
        .forEach((path, spec) -> weights.put(path, random(random, Tensors.shape(spec.shape()))));
    float[] kernel = weights.get("m/conv2d/kernel").floats();
    kernel[0] *= factorOfFirstTap;
    weights.put(
        "m/conv2d/kernel", NdArray.ofFloats(kernel, weights.get("m/conv2d/kernel").shape()));
    return AppliedModel.of(
        model,
        mode,
        form,
        weights,
        random(random, Shape.of(BATCH).append(model.inputShape())),
        random(random, Shape.of(BATCH).append(model.outputShape())));
  }

  private static NdArray random(Random random, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.2f * (float) random.nextGaussian();
    }
    return NdArray.ofFloats(values, Tensors.dimensions(shape));
  }

  @Test
  void otherPairsAreNotFused() {
    Conv2D convolution = new Conv2D(3, 5, 1);
    assertEquals(
        Optional.of(new UpsampledConvolution(convolution)),
        UpsampledConvolution.of(new UpSampling2D(), convolution));
    for (List<Layer> pair :
        List.<List<Layer>>of(
            List.of(new UpSampling2D(3), convolution),
            List.of(new UpSampling2D(), new Conv2D(3, 3, 1)),
            List.of(new UpSampling2D(), new Conv2D(3, 5, 2)),
            List.of(new UpSampling2D(), new Conv2DTranspose(3, 5, 1)),
            List.of(convolution, new UpSampling2D()))) {
      assertEquals(Optional.empty(), UpsampledConvolution.of(pair.get(0), pair.get(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7})
  void otherKernelsAreTheSameInBothForms(int kernelSize) {
    Sequential model = model(new Conv2D(2, kernelSize, 1));
    assertEquals(
        applied(model, Mode.INFERENCE, Form.EXACT, 1).output(),
        applied(model, Mode.INFERENCE, Form.FAST, 1).output());
  }
}
