package org.kerastwin.keras.random;

import java.util.List;
import org.kerastwin.io.NdArray;

/** The input of a generator, drawn from a seed as in NumPy, float32 {@code [count, noiseDim]}. */
public final class SeededNoise {
  private SeededNoise() {}

  /** The noise of {@code numpy.random.normal(0, 1, (count, noiseDim))} after a seed. */
  public static NdArray of(long seed, int count, int noiseDim) {
    return NdArray.ofFloats(
        NumpyRandom.ofSeed(seed).normalFloats(Math.multiplyExact(count, noiseDim)),
        List.of(count, noiseDim));
  }

  /**
   * Interpolates in equal steps from the first noise of one seed to that of another, both included.
   */
  public static NdArray walk(long first, long last, int count, int noiseDim) {
    float[] from = of(first, 1, noiseDim).floats();
    float[] to = of(last, 1, noiseDim).floats();
    float[] values = new float[Math.multiplyExact(count, noiseDim)];
    for (int i = 0; i < count; i++) {
      float part = count == 1 ? 0 : (float) i / (count - 1);
      for (int j = 0; j < noiseDim; j++) {
        values[i * noiseDim + j] = from[j] + part * (to[j] - from[j]);
      }
    }
    return NdArray.ofFloats(values, List.of(count, noiseDim));
  }
}
