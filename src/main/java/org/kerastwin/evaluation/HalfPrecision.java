package org.kerastwin.evaluation;

import org.kerastwin.io.NdArray;

/**
 * Float32 numbers with no more digits than float16 holds. The zeros in their place take hardly any
 * room in a deflated archive.
 */
final class HalfPrecision {
  /** Float32 has 23 bits of fraction, float16 has 10. */
  private static final int DROPPED_BITS = 13;

  private HalfPrecision() {}

  /** The nearest such numbers; the exponent's range stays that of float32. */
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
