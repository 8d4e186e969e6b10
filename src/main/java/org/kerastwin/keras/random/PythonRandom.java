package org.kerastwin.keras.random;

import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;

/**
 * Python's {@code random.Random(seed)}, the part that Keras uses: {@code getrandbits} and {@code
 * randint}.
 *
 * <p>Source: CPython {@code Modules/_randommodule.c} (seeding, {@code getrandbits}) and {@code
 * Lib/random.py} ({@code _randbelow_with_getrandbits}).
 */
public final class PythonRandom {
  private final MersenneTwister twister;

  private PythonRandom(MersenneTwister twister) {
    this.twister = twister;
  }

  /**
   * The stream after {@code random.seed(seed)}.
   *
   * @param seed 0 to 2^32 - 1
   * @throws UsageException if the seed is out of range
   */
  public static PythonRandom ofSeed(long seed) {
    return new PythonRandom(MersenneTwister.ofKey(KerasStreams.requireSeed(seed)));
  }

  /**
   * A number of random bits, as an integer from 0 to 2^bits - 1.
   *
   * @param bits 0 to 63
   * @throws IllegalArgumentException if the number of bits is out of range
   */
  public long getrandbits(int bits) {
    if (bits < 0 || bits >= Long.SIZE) {
      throw new IllegalArgumentException("bits: expected 0 to 63, received " + bits);
    }
    if (bits == 0) {
      return 0;
    }
    if (bits <= Integer.SIZE) {
      return word(bits);
    }
    // The least significant word is drawn first.
    long low = word(Integer.SIZE);
    return word(bits - Integer.SIZE) << Integer.SIZE | low;
  }

  private long word(int bits) {
    return Integer.toUnsignedLong(twister.nextBits()) >>> (Integer.SIZE - bits);
  }

  /**
   * A uniform integer from a to b, both included: bits are drawn again while they exceed the range.
   *
   * @throws IllegalArgumentException if b is less than a, or the range holds 2^63 or more integers
   */
  public long randint(long a, long b) {
    long count = Math.subtractExact(b, a) + 1;
    if (count <= 0) {
      throw new IllegalArgumentException(
          "randint: expected a range of 1 to 2^63 - 1 integers, received %d to %d".formatted(a, b));
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(count);
    long drawn = getrandbits(bits);
    while (drawn >= count) {
      drawn = getrandbits(bits);
    }
    return a + drawn;
  }

  /** The whole state, int64 [625]: the first two parts of {@code random.getstate()[1]}. */
  public NdArray state() {
    return twister.state();
  }

  /**
   * Restores a stream from a saved state.
   *
   * @param state from {@link #state}
   * @param where the file and name it came from, for the message
   * @throws EnvironmentException if it is not such a state
   */
  public static PythonRandom restore(NdArray state, Object where) {
    return new PythonRandom(MersenneTwister.restore(state, where));
  }
}
