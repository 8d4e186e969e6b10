package org.kerastwin.keras.random;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;

/**
 * The random streams that {@code keras.utils.set_random_seed(seed)} sets up: Python's, which gives
 * each random initializer its seed, and NumPy's global stream, which gives the training loop
 * batches and noise. The two are independent. (Keras also seeds TensorFlow's stream, which is not
 * used here.)
 *
 * <p>Source: Keras 3.15.1 {@code utils/rng_utils.py} and {@code random/seed_generator.py}.
 */
public final class KerasStreams {
  /** The greatest seed that NumPy accepts, 2^32 - 1; the least is 0. */
  public static final long GREATEST_SEED = 0xffffffffL;

  private static final long GREATEST_INITIALIZER_SEED = 1_000_000_000L;
  private static final String PYTHON = "python";
  private static final String NUMPY = "numpy";

  private final PythonRandom python;
  private final NumpyRandom numpy;

  private KerasStreams(PythonRandom python, NumpyRandom numpy) {
    this.python = python;
    this.numpy = numpy;
  }

  /**
   * Both streams from one seed.
   *
   * @param seed 0 to 2^32 - 1
   * @throws UsageException if the seed is out of range
   */
  public static KerasStreams ofSeed(long seed) {
    return new KerasStreams(PythonRandom.ofSeed(seed), NumpyRandom.ofSeed(seed));
  }

  /**
   * The seed of the next random initializer, 1 to 10^9. Keras draws it when a layer with such an
   * initializer is constructed, in the order of construction; zeros and ones draw nothing.
   */
  public int nextInitializerSeed() {
    return Math.toIntExact(python.randint(1, GREATEST_INITIALIZER_SEED));
  }

  /** NumPy's stream; the caller's draws advance it. */
  public NumpyRandom numpy() {
    return numpy;
  }

  /** Independent copies of the streams, at the same position. */
  public KerasStreams copy() {
    return restore(state(), "copy");
  }

  /** The states of both streams, by the names {@code python} and {@code numpy}. */
  public Map<String, NdArray> state() {
    Map<String, NdArray> state = new LinkedHashMap<>();
    state.put(PYTHON, python.state());
    state.put(NUMPY, numpy.state());
    return state;
  }

  /**
   * Restores streams from a saved state.
   *
   * @param state from {@link #state}; other names are ignored
   * @param where the file it came from, for the message
   * @throws EnvironmentException if a stream is missing or damaged
   */
  public static KerasStreams restore(Map<String, NdArray> state, Object where) {
    return new KerasStreams(
        PythonRandom.restore(require(state, PYTHON, where), where + "/" + PYTHON),
        NumpyRandom.restore(require(state, NUMPY, where), where + "/" + NUMPY));
  }

  private static NdArray require(Map<String, NdArray> state, String name, Object where) {
    NdArray found = state.get(name);
    if (found == null) {
      throw new EnvironmentException(
          Problem.with("random state", where)
              .expected("the stream " + name)
              .received(state.keySet().toString()));
    }
    return found;
  }

  /** Checks a seed's range and returns its 32 bits. */
  static int requireSeed(long seed) {
    if (seed < 0 || seed > GREATEST_SEED) {
      throw new UsageException(
          Problem.with("seed", seed)
              .expected("an integer from 0 to " + GREATEST_SEED)
              .received(Long.toString(seed)));
    }
    return (int) seed;
  }
}
