package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.graph.Tensors;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.KerasFixtures;
import org.tensorflow.ndarray.Shape;

/** Infers shapes, and rejects unfit inputs and arguments by name, without any graph. */
class LayerShapesTest {
  private static final Shape IMAGE = Shape.of(7, 5, 3);

  static Stream<Arguments> layers() {
    return Stream.of(
        arguments(new Dense(4), Shape.of(9), Shape.of(4)),
        arguments(new Reshape(Shape.of(2, 3)), Shape.of(6), Shape.of(2, 3)),
        arguments(new Reshape(Shape.of(105)), IMAGE, Shape.of(105)),
        arguments(new Flatten(), IMAGE, Shape.of(105)),
        arguments(new LeakyReLU(0.2), IMAGE, IMAGE),
        arguments(new Activation(Activation.Function.TANH), Shape.of(2), Shape.of(2)),
        arguments(new BatchNormalization(), IMAGE, IMAGE),
        arguments(new UpSampling2D(), IMAGE, Shape.of(14, 10, 3)),
        arguments(new UpSampling2D(3), IMAGE, Shape.of(21, 15, 3)),
        arguments(new Conv2D(6, 5, 1), IMAGE, Shape.of(7, 5, 6)),
        arguments(new Conv2D(6, 5, 2), IMAGE, Shape.of(4, 3, 6)),
        arguments(new Conv2D(6, 5, 2), Shape.of(8, 6, 1), Shape.of(4, 3, 6)),
        arguments(new Conv2D(6, 3, 4), IMAGE, Shape.of(2, 2, 6)),
        arguments(new Conv2DTranspose(6, 5, 1), IMAGE, Shape.of(7, 5, 6)),
        arguments(new Conv2DTranspose(6, 5, 2), IMAGE, Shape.of(14, 10, 6)));
  }

  /** Layers that treat height and width differently. */
  static Stream<Arguments> unevenLayers() {
    Size size = new Size(3, 2);
    Size strides = new Size(2, 1);
    Window same = new Window(size, strides, Padding.SAME);
    Window valid = new Window(size, strides, Padding.VALID);
    Activation.Function linear = Activation.Function.LINEAR;
    return Stream.of(
        arguments(
            new UpSampling2D(new Size(2, 3), UpSampling2D.Interpolation.NEAREST),
            Shape.of(14, 15, 3)),
        arguments(new Conv2D(6, same, true, linear), Shape.of(4, 5, 6)),
        arguments(new Conv2D(6, valid, true, linear), Shape.of(3, 4, 6)),
        arguments(new Conv2DTranspose(6, same, true, linear), Shape.of(14, 5, 6)),
        arguments(new Conv2DTranspose(6, valid, true, linear), Shape.of(15, 6, 6)),
        arguments(new MaxPooling2D(valid), Shape.of(3, 4, 3)),
        arguments(new ZeroPadding2D(new Border(1, 2, 3, 4)), Shape.of(10, 12, 3)),
        arguments(new Cropping2D(new Border(1, 2, 0, 1)), Shape.of(4, 4, 3)));
  }

  /**
   * Keras: {@code backend/common/backend_utils.py}, {@code compute_conv_transpose_output_shape}.
   */
  @ParameterizedTest
  @MethodSource("unevenLayers")
  void heightAndWidthAreNotSwapped(Layer layer, Shape output) {
    assertEquals(output, layer.outputShape(IMAGE));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void infersOutputShapes(Layer layer, Shape input, Shape output) {
    assertEquals(output, layer.outputShape(input));
  }

  @Test
  void kernelsHaveTheDimensionsOfKeras() {
    assertAll(
        () -> assertEquals(Shape.of(9, 4), shape(new Dense(4), Shape.of(9), "kernel")),
        () -> assertEquals(Shape.of(5, 5, 3, 6), shape(new Conv2D(6, 5, 2), IMAGE, "kernel")),
        () ->
            assertEquals(
                Shape.of(5, 5, 6, 3), shape(new Conv2DTranspose(6, 5, 2), IMAGE, "kernel")),
        () -> assertEquals(Shape.of(3), shape(new BatchNormalization(), IMAGE, "gamma")));
  }

  private static Shape shape(Layer layer, Shape input, String weight) {
    return Tensors.shape(
        layer.weights(input).stream()
            .filter(spec -> spec.name().equals(weight))
            .findFirst()
            .orElseThrow()
            .shape());
  }

  static Stream<Arguments> imageLayers() {
    return Stream.of(
        arguments(new Conv2D(1, 5, 1), "conv2d"),
        arguments(new Conv2DTranspose(1, 5, 1), "conv2d_transpose"),
        arguments(new UpSampling2D(), "up_sampling2d"),
        arguments(new MaxPooling2D(Window.same(2, 2)), "max_pooling2d"));
  }

  @ParameterizedTest
  @MethodSource("imageLayers")
  void imageLayersRejectOtherInputsByName(Layer layer, String name) {
    assertEquals(
        name + ": expected 4 dimensions (batch, height, width, channels), received (None, 6272)",
        refusal(Shape.of(6272), layer));
    assertEquals(
        name
            + ": expected 4 dimensions (batch, height, width, channels), received (None, 7, 7, 1,"
            + " 1)",
        refusal(Shape.of(7, 7, 1, 1), layer));
  }

  @Test
  void errorsNameTheLayerInTheModel() {
    assertEquals(
        "conv2d_1: expected 4 dimensions (batch, height, width, channels), received (None, 6272)",
        refusal(Shape.of(28, 28, 1), new Conv2D(128, 5, 4), new Flatten(), new Conv2D(1, 5, 1)));
  }

  @Test
  void denseTakesTheLastAxis() {
    assertEquals(Shape.of(7, 5, 5), new Dense(5).outputShape(IMAGE));
    assertEquals(Shape.of(3, 5), shape(new Dense(5), Shape.of(2, 3), "kernel"));
  }

  @Test
  void reshapeRejectsAnotherNumberOfElements() {
    assertEquals(
        "reshape: expected 12 elements per sample for target shape [3, 4], received (None, 13)",
        refusal(Shape.of(13), new Reshape(Shape.of(3, 4))));
  }

  private static String refusal(Shape input, Layer... layers) {
    return assertThrows(ShapeException.class, () -> new Sequential("m", input, layers))
        .getMessage();
  }

  static List<Executable> impossibleLayers() {
    return List.of(
        () -> new Dense(0),
        () -> new Dense(-1),
        () -> new Conv2D(0, 5, 1),
        () -> new Conv2D(1, 0, 1),
        () -> new Conv2D(1, 5, 0),
        () -> new Conv2DTranspose(0, 5, 1),
        () -> new Conv2DTranspose(1, 0, 1),
        () -> new Conv2DTranspose(1, 5, -2),
        () -> new UpSampling2D(0),
        () -> new LeakyReLU(-0.2),
        () -> new LeakyReLU(Double.NaN),
        () -> new BatchNormalization(-0.1, 1e-3),
        () -> new BatchNormalization(1.1, 1e-3),
        () -> new BatchNormalization(Double.NaN, 1e-3),
        () -> new BatchNormalization(0.99, 0),
        () -> new BatchNormalization(0.99, Double.NaN),
        () -> new Reshape(Shape.of(-1, 2)),
        () -> new Reshape(Shape.of(0)));
  }

  @ParameterizedTest
  @MethodSource("impossibleLayers")
  void rejectsInvalidArguments(Executable construction) {
    String message = assertThrows(IllegalArgumentException.class, construction).getMessage();
    assertEquals(
        1,
        message.lines().filter(line -> line.matches("expected .+, received .+=.+")).count(),
        message);
  }

  @Test
  void messagesGiveArgumentAndValue() {
    assertEquals(
        "expected a positive integer, received kernelSize=-5",
        assertThrows(IllegalArgumentException.class, () -> new Conv2D(1, -5, 1)).getMessage());
  }

  @Test
  void layersHaveTheDefaultNamesOfKeras() {
    List<Layer> layers =
        List.of(
            new Activation(Activation.Function.TANH),
            new BatchNormalization(),
            new Conv2D(1, 1, 1),
            new Conv2DTranspose(1, 1, 1),
            new Dense(1),
            new Flatten(),
            new LeakyReLU(0.2),
            new Reshape(Shape.of(1)),
            new UpSampling2D());
    for (Layer layer : layers) {
      assertEquals(
          KerasFixtures.names().get("snake_case").get(layer.className()).asText(),
          layer.defaultName());
    }
  }
}
