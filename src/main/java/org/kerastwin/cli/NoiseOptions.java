package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.keras.random.NumpyRandom;
import picocli.CommandLine.Option;

/** The options that decide a generator's input. */
final class NoiseOptions {
  private static final int DEFAULT_COUNT = 100;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Ranges.Positive.class,
      description = "Images (default: 100, or the cells of --grid, or the rows of --noise).")
  private Integer count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      converter = Ranges.Seed.class,
      description = "numpy.random.seed(N) of the noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--noise",
      paramLabel = "Z.npy",
      description = "The noise itself: float32 [n, noise dim], instead of --seed.")
  private Path noise;

  @Option(
      names = "--interpolate",
      arity = "2",
      paramLabel = "SEED",
      converter = Ranges.Seed.class,
      description = "A path from the noise of seed A to that of seed B, in --count images.")
  private List<Long> interpolate;

  /**
   * The noise, {@code [n, noiseDim]}.
   *
   * @param cells how many images the output holds; 0 if it holds any number
   */
  NdArray array(int noiseDim, int cells) {
    if (noise != null && (interpolate != null || count != null)) {
      throw new UsageException(
          "option", "--noise", "it alone", "--count or --interpolate beside it");
    }
    if (noise != null) {
      return read(noiseDim);
    }
    int n = count != null ? count : cells > 0 ? cells : DEFAULT_COUNT;
    float[] values =
        interpolate == null
            ? NumpyRandom.ofSeed(seed).normalFloats(Math.multiplyExact(n, noiseDim))
            : path(n, noiseDim);
    return NdArray.ofFloats(values, List.of(n, noiseDim));
  }

  private NdArray read(int noiseDim) {
    NdArray array = Npy.read(noise);
    boolean fits =
        array.dtype() == DType.FLOAT32
            && array.shape().size() == 2
            && array.shape().get(0) > 0
            && array.shape().get(1) == noiseDim;
    if (!fits) {
      throw new EnvironmentException(
          "noise", noise, "FLOAT32 [n, " + noiseDim + "] with n at least 1", array.toString());
    }
    for (float value : array.floats()) {
      if (!Float.isFinite(value)) {
        throw new EnvironmentException("noise", noise, "finite numbers", String.valueOf(value));
      }
    }
    return array;
  }

  private float[] path(int n, int noiseDim) {
    float[] from = NumpyRandom.ofSeed(interpolate.get(0)).normalFloats(noiseDim);
    float[] to = NumpyRandom.ofSeed(interpolate.get(1)).normalFloats(noiseDim);
    float[] values = new float[Math.multiplyExact(n, noiseDim)];
    for (int i = 0; i < n; i++) {
      float t = n == 1 ? 0 : (float) i / (n - 1);
      for (int j = 0; j < noiseDim; j++) {
        values[i * noiseDim + j] = from[j] + t * (to[j] - from[j]);
      }
    }
    return values;
  }
}
