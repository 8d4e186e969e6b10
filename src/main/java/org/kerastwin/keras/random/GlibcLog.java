package org.kerastwin.keras.random;

/**
 * The natural logarithm, bit for bit as in the C library that NumPy calls: glibc 2.28 and newer on
 * x86-64 with FMA. Its error stays below 0.52 units in the last place, so it is <em>not</em> always
 * the correctly rounded value. For 10 million numbers from (0, 1), {@link StrictMath#log} gives
 * other bits in 7 % of cases and {@link Math#log} (on the same processor) in 0.08 %.
 *
 * <p>Method (S. Nagy, Arm Optimized Routines, 2018; MIT or Apache-2.0 with LLVM exception): x = 2^k
 * z; the leading 7 bits of z choose c near z, with 1/c and log(c) from {@link LogTable}; then
 * log(x) = k ln 2 + log(c) + log1p(r), r = z/c - 1, by a polynomial. Near 1, where these terms
 * would cancel, a longer polynomial in x - 1 is used alone. Products that are added are fused as in
 * the compiled library, since the bits depend on it.
 */
final class GlibcLog {
  /** Within 1 - 2^-4 and 1 + 1.09 (hexadecimal) 2^-4 the polynomial in x - 1 is used. */
  private static final double NEAR_LOW = 1.0 - 0x1p-4;

  private static final double NEAR_HIGH = 1.0 + 0x1.09p-4;

  /** The bits of 0.6875: z lies in [0.6875, 1.375). */
  private static final long OFFSET = 0x3fe6000000000000L;

  private static final long EXPONENT_MASK = 0xfff0000000000000L;
  private static final int MANTISSA_BITS = 52;
  private static final int INDEX_BITS = 7;

  // Coefficients of r^n for |r| < 2^-8; log1p(r) = r + TABLE_2 r^2 + ...
  private static final double TABLE_2 = -0x1.0000000000001p-1;
  private static final double TABLE_3 = 0x1.555555551305bp-2;
  private static final double TABLE_4 = -0x1.fffffffeb459p-3;
  private static final double TABLE_5 = 0x1.999b324f10111p-3;
  private static final double TABLE_6 = -0x1.55575e506c89fp-3;

  // Coefficients of r^n near 1.
  private static final double NEAR_2 = -0x1p-1;
  private static final double NEAR_3 = 0x1.5555555555577p-2;
  private static final double NEAR_4 = -0x1.ffffffffffdcbp-3;
  private static final double NEAR_5 = 0x1.999999995dd0cp-3;
  private static final double NEAR_6 = -0x1.55555556745a7p-3;
  private static final double NEAR_7 = 0x1.24924a344de3p-3;
  private static final double NEAR_8 = -0x1.fffffa4423d65p-4;
  private static final double NEAR_9 = 0x1.c7184282ad6cap-4;
  private static final double NEAR_10 = -0x1.999eb43b068ffp-4;
  private static final double NEAR_11 = 0x1.78182f7afd085p-4;
  private static final double NEAR_12 = -0x1.5521375d145cdp-4;

  private GlibcLog() {}

  /**
   * The natural logarithm.
   *
   * @param x positive, finite, not subnormal; the polar method's squares are at least 2^-104
   * @throws IllegalArgumentException if x is outside of that range
   */
  static double log(double x) {
    if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("log: expected a positive normal number, received " + x);
    }
    return x >= NEAR_LOW && x < NEAR_HIGH ? nearOne(x) : byTable(x);
  }

  private static double byTable(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long shifted = bits - OFFSET;
    int index = (int) (shifted >>> (MANTISSA_BITS - INDEX_BITS)) & ((1 << INDEX_BITS) - 1);
    double k = shifted >> MANTISSA_BITS;
    double z = Double.longBitsToDouble(bits - (shifted & EXPONENT_MASK));

    double r = Math.fma(z, LogTable.inverse(index), -1.0);
    double w = Math.fma(k, LogTable.LN2_HIGH, LogTable.log(index));
    double high = w + r;
    double low = Math.fma(k, LogTable.LN2_LOW, w - high + r);
    double r2 = r * r;
    low = Math.fma(r2, TABLE_2, low);
    double p = Math.fma(Math.fma(r, TABLE_6, TABLE_5), r2, Math.fma(r, TABLE_4, TABLE_3));
    return Math.fma(r * r2, p, low) + high;
  }

  private static double nearOne(double x) {
    double r = x - 1.0;
    double r2 = r * r;
    double r3 = r * r2;
    double p = Math.fma(r2, NEAR_11, Math.fma(r, NEAR_10, NEAR_9));
    p = Math.fma(r3, NEAR_12, p);
    p = Math.fma(p, r3, Math.fma(r2, NEAR_8, Math.fma(r, NEAR_7, NEAR_6)));
    p = Math.fma(p, r3, Math.fma(r2, NEAR_5, Math.fma(r, NEAR_4, NEAR_3)));

    // The square's term is split so that r + NEAR_2 r^2 keeps more than 53 bits.
    double rHigh = Math.fma(-0x1p27, r, Math.fma(r, 0x1p27, r));
    double rLow = r - rHigh;
    double high = Math.fma(rHigh * rHigh, NEAR_2, r);
    double low = Math.fma(rHigh * rHigh, NEAR_2, r - high);
    low = Math.fma(NEAR_2 * rLow, r + rHigh, low);
    return high + Math.fma(p, r3, low);
  }
}
