package org.kerastwin.evaluation;

import org.kerastwin.io.NdArray;

/** Rounds float32 numbers to the precision of float16. The trailing zeros compress well. */
final class HalfPrecision {
  /** Float32 has 23 bits of fraction, float16 has 10. */
  private static final int DROPPED_BITS = 13;

  private HalfPrecision() {}

  /** Rounds to the nearest such numbers; the exponents keep the range of float32. */
  static NdArray rounded(NdArray array) {
    float[] values = array.floats();
    for (int i = 0; i < values.length; i++) {
      int half = 1 << (DROPPED_BITS - 1);
      int bits = Float.floatToIntBits(values[i]) + half;
      values[i] = Float.intBitsToFloat(bits & -(1 << DROPPED_BITS));
    }
    return NdArray.ofFloats(values, array.shape());
  }
}
