package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.image.PixelRange;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Rescaling;
import org.kerastwin.layers.Reshape;
import org.tensorflow.ndarray.Shape;

/** The range of the last activation, {@code [low, high]}, becomes that of scale and offset. */
class OutputRangeTest {
  @ParameterizedTest
  @CsvSource({
    "SIGMOID, 1, 0, UNIT",
    "SIGMOID, 2, -1, SYMMETRIC",
    "SIGMOID, 255, 0, BYTE",
    "TANH, 1, 0, SYMMETRIC",
    "TANH, 0.5, 0.5, UNIT",
    "TANH, 127.5, 127.5, BYTE"
  })
  void followsRescalings(
      Activation.Function last, double scale, double offset, PixelRange expected) {
    Sequential model =
        new Sequential(
            "generator",
            Shape.of(3),
            new Dense(4, last),
            new Rescaling(scale, offset),
            new Reshape(Shape.of(2, 2, 1)));
    assertEquals(expected, model.pixelRange());
  }

  @Test
  void scalesToTheSymmetricRange() {
    assertArrayEquals(
        new float[] {-1, 0, 1},
        PixelRange.BYTE
            .toSymmetric(NdArray.ofFloats(new float[] {0, 127.5f, 255}, List.of(3)))
            .floats());
  }
}
