package org.kerastwin.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;

/**
 * Noise for a generator in an {@code .npy} file.
 *
 * @param path the file
 */
public record NoiseFile(Path path) {
  /**
   * Reads the noise, float32 {@code [n, noiseDim]}; float64 is rounded, as Keras's {@code predict}
   * does.
   *
   * @throws EnvironmentException if the file is missing or damaged, or holds another shape, NaN or
   *     infinity
   */
  public NdArray read(int noiseDim) {
    NdArray array = vectors(Npy.read(path).roundedToFloat32());
    List<Integer> shape = array.shape();
    if (array.dtype() != DType.FLOAT32
        || shape.size() != 2
        || shape.get(0) == 0
        || shape.get(1) != noiseDim) {
      throw refused(
          "float32 [n, " + noiseDim + "] with n at least 1",
          array.toString().toLowerCase(Locale.ROOT));
    }
    for (float value : array.floats()) {
      if (!Float.isFinite(value)) {
        throw refused("finite numbers", value);
      }
    }
    return array;
  }

  /** Noise as images of one pixel, {@code [n, 1, 1, noise dim]}, becomes vectors. */
  private static NdArray vectors(NdArray array) {
    List<Integer> shape = array.shape();
    boolean areImages = shape.size() == 4 && shape.get(1) == 1 && shape.get(2) == 1;
    return areImages
        ? new NdArray(array.dtype(), List.of(shape.get(0), shape.get(3)), array.data())
        : array;
  }

  private EnvironmentException refused(String expected, Object received) {
    return new EnvironmentException(
        Problem.with("noise", path).expected(expected).received(received));
  }
}
