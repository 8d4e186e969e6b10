package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Application;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.AppliedModel;
import org.kerastwin.testing.OneRun;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBfloat16;

/** Numbers of bfloat16 have 8 significant bits: next to 1 they are 2^-7 apart. */
class PrecisionTest {
  private static final float BIT_7 = 1 / 128f;
  private static final float BIT_9 = BIT_7 / 4;

  /** An input, a weight and a result are each rounded by at most 2^-8. */
  private static final double ROUNDING = 3.0 / 256;

  private static final int BATCH = 2;

  @Test
  void roundsInputWeightAndResult() {
    Sequential model = new Sequential("m", Shape.of(2), new Dense(1), new Dense(1));
    float kernel = 1 + BIT_9;
    Map<String, NdArray> weights =
        Map.of(
            "m/dense/kernel", array(2, 1, 1 + BIT_7 + BIT_9, BIT_9),
            "m/dense/bias", NdArray.ofFloats(new float[1], List.of(1)),
            "m/dense_1/kernel", array(1, 1, kernel),
            "m/dense_1/bias", NdArray.ofFloats(new float[1], List.of(1)));
    AppliedModel found =
        AppliedModel.of(
            model,
            Mode.TRAINING,
            Form.FAST,
            Precision.MIXED_BFLOAT16,
            weights,
            array(1, 2, 1 + BIT_9, 1),
            array(1, 1, 1));
    // The input becomes [1, 1], the kernel [1 + 2^-7, 2^-9], and their product loses the 2^-9.
    assertArrayEquals(new float[] {(1 + BIT_7) * kernel}, found.output().floats(), 0);
    // The gradient 1 + 2^-9 of the last layer, which is float32, becomes 1.
    assertArrayEquals(new float[] {1 + BIT_7}, gradient(found, "m/dense_1/kernel"), 0);
    assertArrayEquals(new float[] {1, 1}, gradient(found, "m/dense/kernel"), 0);
    assertArrayEquals(new float[] {1}, gradient(found, "m/dense/bias"), 0);
    assertArrayEquals(new float[] {1 + BIT_7, BIT_9}, found.inputGradient().floats(), 0);
    found.gradients().values().forEach(each -> assertEquals(DType.FLOAT32, each.dtype()));
  }

  private static NdArray array(int rows, int columns, float... values) {
    return NdArray.ofFloats(values, List.of(rows, columns));
  }

  private static float[] gradient(AppliedModel applied, String path) {
    return applied.gradients().get(path).floats();
  }

  @Test
  void lastLayersComputeInFloat32() {
    Sequential model = new Sequential("m", Shape.of(4, 4, 2), new Conv2D(3, 3, 1));
    AppliedModel expected = applied(model, Precision.FLOAT32);
    AppliedModel found = applied(model, Precision.MIXED_BFLOAT16);
    assertEquals(expected.output(), found.output());
    assertEquals(expected.inputGradient(), found.inputGradient());
    assertEquals(expected.gradients(), found.gradients());
  }

  static List<Sequential> layers() {
    Shape image = Shape.of(4, 4, 2);
    Activation.Function linear = Activation.Function.LINEAR;
    Window dilated = new Window(Size.square(3), Size.ONE, Padding.SAME, Size.square(2));
    return List.of(
        followed(Shape.of(5), new Dense(3)),
        followed(image, new Conv2D(3, 3, 1)),
        followed(image, new Conv2D(3, dilated, true, linear)),
        followed(image, new Conv2D(3, 5, 2)),
        followed(image, new Conv2DTranspose(3, 3, 2)),
        followed(image, new Conv2DTranspose(1, 5, 2)),
        followed(image, new UpSampling2D(), new Conv2D(1, 5, 1)),
        followed(image, new UpSampling2D(), new Conv2D(4, 5, 1)),
        followed(image, new ReLU()),
        followed(image, new LeakyReLU(0.25)));
  }

  /** Layers followed by one that only passes on their result. */
  private static Sequential followed(Shape input, Layer... layers) {
    Layer[] all = Arrays.copyOf(layers, layers.length + 1);
    all[layers.length] = new Flatten();
    return new Sequential("m", input, all);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void differsFromFloat32ByRoundingAlone(Sequential model) {
    AppliedModel expected = applied(model, Precision.FLOAT32);
    AppliedModel found = applied(model, Precision.MIXED_BFLOAT16);
    assertFalse(isBfloat16(expected.output()), "float32 is rounded");
    assertTrue(isBfloat16(found.output()), "the result is not rounded");
    assertClose(expected.output(), found.output(), ROUNDING, "output");
    assertClose(expected.inputGradient(), found.inputGradient(), ROUNDING, "gradient by the input");
    assertClose(expected.gradients(), found.gradients(), ROUNDING, "gradients");
  }

  /** Whether the 16 bits that bfloat16 lacks are 0. */
  private static boolean isBfloat16(NdArray array) {
    for (float value : array.floats()) {
      if ((Float.floatToIntBits(value) & 0xffff) != 0) {
        return false;
      }
    }
    return true;
  }

  private static AppliedModel applied(Sequential model, Precision precision) {
    Random random = new Random(7);
    Map<String, NdArray> weights = new LinkedHashMap<>();
    model
        .weights()
        .forEach((path, spec) -> weights.put(path, random(random, Tensors.shape(spec.shape()))));
    Shape batch = Shape.of(BATCH);
    NdArray x = random(random, batch.append(model.inputShape()));
    NdArray dy = random(random, batch.append(model.outputShape()));
    return AppliedModel.of(model, Mode.TRAINING, Form.FAST, precision, weights, x, dy);
  }

  /** From 0.5 to 1.5, so that sums do not cancel. */
  private static NdArray random(Random random, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return NdArray.ofFloats(values, Tensors.dimensions(shape));
  }

  @Test
  void neighborsExchangeBfloat16() {
    Sequential model =
        new Sequential(
            "m",
            Shape.of(8),
            new Dense(16),
            new Reshape(Shape.of(2, 2, 4)),
            new LeakyReLU(0.25),
            new Conv2D(4, 3, 1),
            new ReLU(),
            new Flatten(),
            new Dense(1));
    try (OneRun run = new OneRun()) {
      Pass pass =
          Pass.training(run.tf, Form.FAST, MovingAverage.KERAS).with(Precision.MIXED_BFLOAT16);
      Application applied =
          model.apply(
              pass,
              path ->
                  run.feed(random(new Random(1), Tensors.shape(model.weights().get(path).shape()))),
              run.feed(random(new Random(2), Shape.of(BATCH, 8))));
      Set<String> casts = new HashSet<>();
      findCasts(applied.logits().asOutput().op(), casts);
      // Input, two kernels and two biases to bfloat16; to float32 the input of the last layer.
      assertEquals(6, casts.size(), casts::toString);
      Operand<?> image = applied.outputs().get("m/leaky_re_lu");
      assertEquals(TBfloat16.class, ((GraphOperation) image.op()).input(0).type());
    }
  }

  private static void findCasts(Operation from, Set<String> casts) {
    if (from.type().equals("Cast")) {
      casts.add(from.name());
    }
    ((GraphOperation) from).inputs().forEach(input -> findCasts(input.op(), casts));
  }
}
