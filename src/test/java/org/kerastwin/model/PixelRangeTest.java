package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Reshape;
import org.tensorflow.ndarray.Shape;

class PixelRangeTest {
  @ParameterizedTest
  @CsvSource({"TANH, SYMMETRIC", "SIGMOID, UNIT", "HARD_SIGMOID, UNIT", "LINEAR, SYMMETRIC"})
  void followsFromTheLastActivation(Function last, PixelRange expected) {
    Reshape reshape = new Reshape(Shape.of(2, 2, 1));
    assertEquals(
        expected,
        PixelRange.of(new Sequential("generator", Shape.of(3), new Dense(4, last), reshape)));
    assertEquals(
        expected,
        PixelRange.of(
            new Sequential(
                "generator",
                Shape.of(3),
                new Dense(4, Function.SIGMOID),
                reshape,
                new Activation(last))));
  }

  @Test
  void scalesToMinusOneToOne() {
    NdArray images = NdArray.ofFloats(new float[] {0, 0.25f, 0.5f, 1}, List.of(1, 2, 2, 1));
    assertArrayEquals(new float[] {-1, -0.5f, 0, 1}, PixelRange.UNIT.toSymmetric(images).floats());
    assertSame(images, PixelRange.SYMMETRIC.toSymmetric(images));
  }
}
