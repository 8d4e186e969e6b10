package org.kerastwin.keras.random;

import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;

/**
 * NumPy's legacy {@code numpy.random.RandomState(seed)}, also the global stream of {@code
 * numpy.random.seed}: uniform integers and normal values, bit for bit.
 *
 * <p>Source: NumPy {@code random/mtrand.pyx}, {@code src/distributions/distributions.c} (masked
 * rejection) and {@code src/legacy/legacy-distributions.c} (polar method).
 */
public final class NumpyRandom {
  /**
   * The length of a saved state: the generator's state, a flag for the kept value, and its bits.
   */
  private static final int STATE_LENGTH = MersenneTwister.STATE_LENGTH + 2;

  private static final int HAS_KEPT = MersenneTwister.STATE_LENGTH;
  private static final int KEPT_BITS = HAS_KEPT + 1;

  private final MersenneTwister twister;
  private boolean hasKept;
  private double kept;

  private NumpyRandom(MersenneTwister twister, boolean hasKept, double kept) {
    this.twister = twister;
    this.hasKept = hasKept;
    this.kept = kept;
  }

  /**
   * The stream after {@code numpy.random.seed(seed)}.
   *
   * @param seed 0 to 2^32 - 1
   * @throws UsageException if the seed is out of range
   */
  public static NumpyRandom ofSeed(long seed) {
    return new NumpyRandom(MersenneTwister.ofSeed(KerasStreams.requireSeed(seed)), false, 0.0);
  }

  /**
   * {@code randint(low, high, count)} with its default type int64: uniform integers from low to
   * high - 1. Bits are masked to the smallest power of two that covers the range, and drawn again
   * while they exceed it; a range of one integer draws nothing.
   *
   * @throws IllegalArgumentException if high is not above low, the range passes 2^63 integers, or
   *     the count is negative
   */
  public long[] randint(long low, long high, int count) {
    if (high <= low || high - 1 - low < 0 || count < 0) {
      throw new IllegalArgumentException(
          "randint: expected low < high and count >= 0, received low=%d, high=%d, count=%d"
              .formatted(low, high, count));
    }
    long greatest = high - 1 - low;
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = low + (greatest == 0 ? 0 : below(greatest));
    }
    return values;
  }

  private long below(long greatest) {
    long mask = Long.highestOneBit(greatest) * 2 - 1;
    boolean oneWord = greatest <= 0xffffffffL;
    long drawn;
    do {
      drawn = (oneWord ? word() : word() << Integer.SIZE | word()) & mask;
    } while (drawn > greatest);
    return drawn;
  }

  private long word() {
    return Integer.toUnsignedLong(twister.nextBits());
  }

  /**
   * The next value of the standard normal distribution, in double precision. The polar method
   * (Marsaglia) gives two at a time; the second is kept for the next call.
   */
  public double nextNormal() {
    if (hasKept) {
      hasKept = false;
      double value = kept;
      kept = 0.0;
      return value;
    }
    double x1;
    double x2;
    double square;
    do {
      x1 = 2.0 * twister.nextDouble() - 1.0;
      x2 = 2.0 * twister.nextDouble() - 1.0;
      square = x1 * x1 + x2 * x2;
    } while (square >= 1.0 || square == 0.0);
    double factor = Math.sqrt(-2.0 * GlibcLog.log(square) / square);
    hasKept = true;
    kept = factor * x1;
    return factor * x2;
  }

  /** {@code normal(0, 1, count)}: values of the standard normal distribution. */
  public double[] normal(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = 0.0 + nextNormal();
    }
    return values;
  }

  /** {@code normal(0, 1, count).astype("float32")}, as Keras casts its noise input. */
  public float[] normalFloats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) nextNormal();
    }
    return values;
  }

  /**
   * The whole state as int64 [627]: the 624 words, the position, 1 if a normal value is kept (else
   * 0), and the bits of that value. It is {@code numpy.random.get_state()} in that order.
   */
  public NdArray state() {
    long[] values = twister.stateValues(STATE_LENGTH);
    values[HAS_KEPT] = hasKept ? 1 : 0;
    values[KEPT_BITS] = Double.doubleToRawLongBits(kept);
    return NdArray.ofLongs(values, List.of(STATE_LENGTH));
  }

  /**
   * Restores a stream from a saved state.
   *
   * @param state from {@link #state}
   * @param where the file and name it came from, for the message
   * @throws EnvironmentException if it is not such a state
   */
  public static NumpyRandom restore(NdArray state, Object where) {
    long[] values = MersenneTwister.requireState(state, STATE_LENGTH, where);
    MersenneTwister.requireRange(values[HAS_KEPT], 1, where);
    return new NumpyRandom(
        MersenneTwister.ofStateValues(values, where),
        values[HAS_KEPT] == 1,
        Double.longBitsToDouble(values[KEPT_BITS]));
  }
}
