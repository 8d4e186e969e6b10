package org.kerastwin.keras.random;

import java.util.Arrays;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * MT19937, the generator behind both Python's {@code random} and NumPy's {@code RandomState}: 624
 * words of state, 32 random bits a draw, period 2^19937 - 1.
 *
 * <p>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
 * uniform pseudorandom number generator", ACM TOMACS 8 (1998), and the authors' {@code
 * mt19937ar.c}, which defines the two ways of seeding.
 */
public final class MersenneTwister {
  /** The number of 32-bit words in the state. */
  static final int WORDS = 624;

  /** The length of a saved state: the words, then the position. */
  static final int STATE_LENGTH = WORDS + 1;

  private static final int MIDDLE = 397;
  private static final int TWIST = 0x9908b0df;
  private static final int UPPER_BIT = 0x80000000;
  private static final int LOWER_BITS = 0x7fffffff;
  private static final long WORD_MASK = 0xffffffffL;

  private final int[] words;
  private int position;

  private MersenneTwister(int[] words, int position) {
    this.words = words;
    this.position = position;
  }

  /**
   * Seeds with one word, as {@code init_genrand} does; NumPy's {@code RandomState(int)} uses it.
   *
   * @param seed any 32 bits
   */
  public static MersenneTwister ofSeed(int seed) {
    int[] words = new int[WORDS];
    words[0] = seed;
    for (int i = 1; i < WORDS; i++) {
      words[i] = 1812433253 * (words[i - 1] ^ (words[i - 1] >>> 30)) + i;
    }
    return new MersenneTwister(words, WORDS);
  }

  /**
   * Seeds with a key of one or more words, as {@code init_by_array} does; Python's {@code
   * random.seed(int)} uses it.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public static MersenneTwister ofKey(int... key) {
    if (key.length == 0) {
      throw new IllegalArgumentException("expected a key of at least one word, received none");
    }
    MersenneTwister twister = ofSeed(19650218);
    int[] words = twister.words;
    int i = 1;
    int j = 0;
    for (int k = Math.max(WORDS, key.length); k > 0; k--) {
      words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >>> 30)) * 1664525)) + key[j] + j;
      i = next(words, i);
      j = (j + 1) % key.length;
    }
    for (int k = WORDS - 1; k > 0; k--) {
      words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >>> 30)) * 1566083941)) - i;
      i = next(words, i);
    }
    words[0] = UPPER_BIT;
    return twister;
  }

  private static int next(int[] words, int i) {
    if (i + 1 < WORDS) {
      return i + 1;
    }
    words[0] = words[WORDS - 1];
    return 1;
  }

  /** The next 32 random bits, including the sign. */
  public int nextBits() {
    if (position == WORDS) {
      twist();
    }
    int y = words[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** The next multiple of 2^-53 in [0, 1), from two draws ({@code genrand_res53}). */
  public double nextDouble() {
    int high = nextBits() >>> 5;
    int low = nextBits() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  private void twist() {
    for (int i = 0; i < WORDS; i++) {
      int y = (words[i] & UPPER_BIT) | (words[(i + 1) % WORDS] & LOWER_BITS);
      words[i] = words[(i + MIDDLE) % WORDS] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : TWIST);
    }
    position = 0;
  }

  /**
   * The whole state as int64 [625]: the 624 words, 0 to 2^32 - 1 each, then the position, 0 to 624.
   * These are also the numbers of Python's {@code getstate()} and NumPy's {@code get_state()}.
   */
  public NdArray state() {
    return NdArray.ofLongs(stateValues(STATE_LENGTH), List.of(STATE_LENGTH));
  }

  /** The state in an array of at least 625 values, so that a stream can append its own. */
  long[] stateValues(int length) {
    long[] values = new long[length];
    for (int i = 0; i < WORDS; i++) {
      values[i] = words[i] & WORD_MASK;
    }
    values[WORDS] = position;
    return values;
  }

  /**
   * Restores a generator from a saved state.
   *
   * @param state int64 [625] from {@link #state}
   * @param where the file and name it came from, for the message
   * @throws EnvironmentException if it is not such a state
   */
  public static MersenneTwister restore(NdArray state, Object where) {
    return ofStateValues(requireState(state, STATE_LENGTH, where), where);
  }

  /** Restores a generator from the first 625 values. */
  static MersenneTwister ofStateValues(long[] values, Object where) {
    int[] words = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      requireRange(values[i], WORD_MASK, where);
      words[i] = (int) values[i];
    }
    requireRange(values[WORDS], WORDS, where);
    // Only the upper bit of the first word is used; a state of only zeros would stay zero forever.
    if ((words[0] & UPPER_BIT) == 0 && Arrays.stream(words).skip(1).allMatch(word -> word == 0)) {
      throw new EnvironmentException(
          problem(where).expected("words that are not all 0").received("only zeros"));
    }
    return new MersenneTwister(words, (int) values[WORDS]);
  }

  static long[] requireState(NdArray state, int length, Object where) {
    if (state.dtype() != DType.INT64 || !state.shape().equals(List.of(length))) {
      throw new EnvironmentException(
          problem(where)
              .expected("%s [%d]".formatted(DType.INT64, length))
              .received(state.toString()));
    }
    return state.longs();
  }

  static void requireRange(long value, long greatest, Object where) {
    if (value < 0 || value > greatest) {
      throw new EnvironmentException(
          problem(where).expected("values from 0 to " + greatest).received(Long.toString(value)));
    }
  }

  private static Problem problem(Object where) {
    return Problem.with("random state", where);
  }
}
