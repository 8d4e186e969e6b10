package org.kerastwin.parity.compare;

import java.util.Arrays;

/**
 * The difference between two tensors.
 *
 * @param maxAbsolute the greatest absolute difference of two elements
 * @param relativeL2 L2 norm of the difference divided by that of the expected values
 * @param ulpMedian median distance of two elements, in units in the last place (ULP) of float32
 * @param ulp99 99th percentile of that distance
 * @param cosine of the angle between the tensors as vectors
 * @param worstIndex index of the greatest difference among the compared elements
 * @param bitEqual whether all elements are equal bit for bit
 * @param oursFinite whether our elements are all finite
 * @param expectedFinite whether the expected elements are all finite
 */
public record TensorDifference(
    double maxAbsolute,
    double relativeL2,
    double ulpMedian,
    double ulp99,
    double cosine,
    int worstIndex,
    boolean bitEqual,
    boolean oursFinite,
    boolean expectedFinite) {

  /** Compares two tensors of the same size, at least 1. */
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
      // The first NaN is the worst element.
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

  /** Whether all elements of both tensors are finite. */
  public boolean finite() {
    return oursFinite && expectedFinite;
  }

  /** The same with a NaN or infinity among our elements that were not sampled. */
  TensorDifference notFinite() {
    return new TensorDifference(
        maxAbsolute,
        relativeL2,
        ulpMedian,
        ulp99,
        cosine,
        worstIndex,
        bitEqual,
        false,
        expectedFinite);
  }

  /** An error relative to a size; absolute if the size is 0. */
  static double relative(double error, double size) {
    return error == 0 ? 0 : error / (size == 0 ? 1 : size);
  }

  private static double percentile(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  /** The rank of a float among all floats: neighbors differ by 1, both zeros are 0. */
  private static long ordinal(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits >= 0 ? bits : (long) Integer.MIN_VALUE - bits;
  }
}
