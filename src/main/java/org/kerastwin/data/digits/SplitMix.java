package org.kerastwin.data.digits;

/**
 * The random numbers for the embedded digits: SplitMix64 (Steele, Lea, Flood, "Fast splittable
 * pseudorandom number generators", 2014). Implemented here, so that no release of Java can change
 * the digits.
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1p-53;

  private long state;

  /** The stream that starts from a state. */
  SplitMix(long state) {
    this.state = state;
  }

  /** The stream of one member of a family, independent of the other members. */
  static SplitMix of(long seed, long member) {
    return new SplitMix(mix(seed + GOLDEN_GAMMA) ^ mix(member * GOLDEN_GAMMA + 1));
  }

  /** A uniform 64-bit number. */
  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in {@code [low, high)}. */
  double uniform(double low, double high) {
    return low + (high - low) * ((nextLong() >>> 11) * UNIT);
  }

  /** Uniform in 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) uniform(0, bound);
  }

  /**
   * Approximately normal with mean 0, and at most 3.5 deviations: the sum of four uniform numbers,
   * which needs no logarithm that could differ between machines.
   */
  double bell(double deviation) {
    double sum = uniform(0, 1) + uniform(0, 1) + uniform(0, 1) + uniform(0, 1);
    return (sum - 2) * Math.sqrt(3) * deviation;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
