package org.kerastwin.runtime.cuda;

import java.util.Comparator;

/**
 * A version of CUDA or of cuDNN, up to its minor number.
 *
 * @param major the first number
 * @param minor the second number
 */
public record CudaVersion(int major, int minor) implements Comparable<CudaVersion> {
  private static final Comparator<CudaVersion> ORDER =
      Comparator.comparingInt(CudaVersion::major).thenComparingInt(CudaVersion::minor);

  /** From this number on, cuDNN encodes the major version times 10000, before times 1000. */
  private static final int CUDNN_9 = 90_000;

  /** Parses a version such as "9.3". */
  static CudaVersion of(String text) {
    int dot = text.indexOf('.');
    return new CudaVersion(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  /** Decodes 1000 * major + 10 * minor ({@code CUDA_VERSION}). */
  static CudaVersion ofCuda(int number) {
    return new CudaVersion(number / 1000, number % 1000 / 10);
  }

  /** Decodes cuDNN's number, with the minor version times 100 ({@code CUDNN_VERSION}). */
  static CudaVersion ofCudnn(int number) {
    int major = number >= CUDNN_9 ? 10_000 : 1000;
    return new CudaVersion(number / major, number % major / 100);
  }

  @Override
  public int compareTo(CudaVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
