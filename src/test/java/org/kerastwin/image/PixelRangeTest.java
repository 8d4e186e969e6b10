package org.kerastwin.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;

class PixelRangeTest {
  @Test
  void scalesToMinusOneToOne() {
    NdArray images = NdArray.ofFloats(new float[] {0, 0.25f, 0.5f, 1}, List.of(1, 2, 2, 1));
    assertArrayEquals(new float[] {-1, -0.5f, 0, 1}, PixelRange.UNIT.toSymmetric(images).floats());
    NdArray bytes = NdArray.ofFloats(new float[] {0, 127.5f, 255}, List.of(1, 1, 3, 1));
    assertArrayEquals(new float[] {-1, 0, 1}, PixelRange.BYTE.toSymmetric(bytes).floats());
    assertSame(images, PixelRange.SYMMETRIC.toSymmetric(images));
  }
}
