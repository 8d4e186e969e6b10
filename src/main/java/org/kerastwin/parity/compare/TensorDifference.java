package org.kerastwin.parity.compare;

import java.util.Arrays;

/**
 * How two tensors differ.
 *
 * @param maxAbsolute the greatest absolute difference of two elements
 * @param relativeL2 L2 norm of the difference by that of the expected values
 * @param ulpMedian the median of the elements' distances, in representable float32 values
 * @param ulp99 the 99th percentile of the same
 * @param cosine of the angle between the two
 * @param worstIndex index of the greatest absolute difference among the elements compared
 * @param sameBits whether all elements are the same, bit for bit
 * @param oursFinite whether none of our elements is NaN or infinite
 * @param expectedFinite whether none of those that were expected is
 */
public record TensorDifference(
    double maxAbsolute,
    double relativeL2,
    double ulpMedian,
    double ulp99,
    double cosine,
    int worstIndex,
    boolean sameBits,
    boolean oursFinite,
    boolean expectedFinite) {

  /** Compares two tensors of one size, which is not 0. */
  static TensorDifference between(float[] ours, float[] expected) {
    double squaredError = 0;
    double squaredOurs = 0;
    double squaredExpected = 0;
    double product = 0;
    double max = 0;
    int worst = 0;
    boolean same = true;
    boolean oursFinite = true;
    boolean expectedFinite = true;
    long[] ulps = new long[ours.length];
    for (int i = 0; i < ours.length; i++) {
      double error = Math.abs((double) ours[i] - expected[i]);
      // NaN is the worst of all, wherever it is first.
      if (error > max || (Double.isNaN(error) && !Double.isNaN(max))) {
        max = error;
        worst = i;
      }
      squaredError += error * error;
      squaredOurs += (double) ours[i] * ours[i];
      squaredExpected += (double) expected[i] * expected[i];
      product += (double) ours[i] * expected[i];
      same &= Float.floatToRawIntBits(ours[i]) == Float.floatToRawIntBits(expected[i]);
      oursFinite &= Float.isFinite(ours[i]);
      expectedFinite &= Float.isFinite(expected[i]);
      ulps[i] = Math.abs(ordinal(ours[i]) - ordinal(expected[i]));
    }
    Arrays.sort(ulps);
    double norms = Math.sqrt(squaredOurs) * Math.sqrt(squaredExpected);
    return new TensorDifference(
        max,
        relative(Math.sqrt(squaredError), Math.sqrt(squaredExpected)),
        percentile(ulps, 0.5),
        percentile(ulps, 0.99),
        norms == 0 ? 1 : product / norms,
        worst,
        same,
        oursFinite,
        expectedFinite);
  }

  /** Whether none of the elements of either is NaN or infinite. */
  public boolean finite() {
    return oursFinite && expectedFinite;
  }

  /** The same where an element of ours that was not compared is NaN or infinite. */
  TensorDifference notFinite() {
    return new TensorDifference(
        maxAbsolute,
        relativeL2,
        ulpMedian,
        ulp99,
        cosine,
        worstIndex,
        sameBits,
        false,
        expectedFinite);
  }

  /** An error by a size; by 1 where there is no size. */
  static double relative(double error, double size) {
    return error == 0 ? 0 : error / (size == 0 ? 1 : size);
  }

  private static double percentile(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  /** A float's place among all floats, so that neighbours differ by 1; both zeros are 0. */
  private static long ordinal(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits >= 0 ? bits : (long) Integer.MIN_VALUE - bits;
  }
}
