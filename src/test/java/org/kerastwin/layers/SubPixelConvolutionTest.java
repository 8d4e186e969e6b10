package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;
import static org.kerastwin.testing.Closeness.assertGradientsClose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.AppliedModel;
import org.tensorflow.ndarray.Shape;

/** Strided and transposed convolutions between an image of few channels and its four phases. */
class SubPixelConvolutionTest {
  /** Sums of up to 75 products in another order. A tap in a wrong place costs 1e-1. */
  private static final double ROUNDING = 1e-6;

  private static final int BATCH = 2;

  static Stream<Arguments> layers() {
    Activation.Function tanh = Activation.Function.TANH;
    return Stream.of(
        Arguments.of(new Conv2D(3, 5, 2), Shape.of(6, 8, 1), "SpaceToDepth"),
        Arguments.of(new Conv2D(1, 5, 2, tanh), Shape.of(8, 6, 2), "SpaceToDepth"),
        Arguments.of(new Conv2DTranspose(1, 5, 2, tanh), Shape.of(3, 4, 3), "DepthToSpace"),
        Arguments.of(new Conv2DTranspose(2, 5, 2), Shape.of(4, 3, 2), "DepthToSpace"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void fastFormEqualsExactForm(Layer layer, Shape input, String op) {
    for (Mode mode : Mode.values()) {
      AppliedModel exact = applied(layer, input, mode, Form.EXACT);
      AppliedModel fast = applied(layer, input, mode, Form.FAST);
      assertTrue(fast.opTypes().contains(op), "the fast form was not taken");
      assertFalse(exact.opTypes().contains(op));
      assertClose(exact.output(), fast.output(), ROUNDING, "output");
      assertClose(exact.inputGradient(), fast.inputGradient(), ROUNDING, "gradient by the input");
      assertGradientsClose(exact.gradients(), fast.gradients(), ROUNDING);
    }
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(new Conv2D(3, 5, 2), Shape.of(7, 8, 1)),
        Arguments.of(new Conv2D(3, 5, 2), Shape.of(8, 7, 1)),
        Arguments.of(new Conv2D(3, 5, 2), Shape.of(6, 8, 3)),
        Arguments.of(new Conv2D(3, 3, 2), Shape.of(6, 8, 1)),
        Arguments.of(new Conv2D(3, 5, 1), Shape.of(6, 8, 1)),
        Arguments.of(new Conv2DTranspose(3, 5, 2), Shape.of(3, 4, 2)),
        Arguments.of(new Conv2DTranspose(1, 5, 1), Shape.of(3, 4, 2)));
  }

  /** Odd sides are padded differently, and many channels are already fast. */
  @ParameterizedTest
  @MethodSource("others")
  void otherConvolutionsAreUnchanged(Layer layer, Shape input) {
    assertEquals(
        applied(layer, input, Mode.INFERENCE, Form.EXACT).output(),
        applied(layer, input, Mode.INFERENCE, Form.FAST).output());
  }

  private static AppliedModel applied(Layer layer, Shape input, Mode mode, Form form) {
    Sequential model = new Sequential("m", input, layer);
    Random random = new Random(5);
    Map<String, NdArray> weights = new LinkedHashMap<>();
    model
        .weights()
        .forEach((path, spec) -> weights.put(path, random(random, Tensors.shape(spec.shape()))));
    return AppliedModel.of(
        model,
        mode,
        form,
        weights,
        random(random, Shape.of(BATCH).append(input)),
        random(random, Shape.of(BATCH).append(model.outputShape())));
  }

  private static NdArray random(Random random, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.2f * (float) random.nextGaussian();
    }
    return NdArray.ofFloats(values, Tensors.dimensions(shape));
  }
}
