package org.kerastwin.report;

/** The mean of measurements, some of which may be missing. */
final class FiniteMean {
  private FiniteMean() {}

  /**
   * The mean of the finite values at the indices {@code from} to {@code to - 1}; indices beyond the
   * array are ignored.
   *
   * @return NaN if there are none
   */
  static double of(float[] values, int from, int to) {
    double sum = 0;
    int count = 0;
    for (int i = Math.max(0, from); i < Math.min(to, values.length); i++) {
      if (Float.isFinite(values[i])) {
        sum += values[i];
        count++;
      }
    }
    return sum / count;
  }
}
