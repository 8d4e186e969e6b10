package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;

class HalfPrecisionTest {
  @Test
  void keepsTenBitsOfFraction() {
    float step = 1f / 1024;
    float[] values = {1, 1 + step, 1 + 0.4f * step, 1 + 0.6f * step, -1 - 0.6f * step, 0};
    float[] rounded = {1, 1 + step, 1, 1 + step, -1 - step, 0};
    assertArrayEquals(
        rounded, HalfPrecision.rounded(NdArray.ofFloats(values, List.of(6))).floats());
  }
}
