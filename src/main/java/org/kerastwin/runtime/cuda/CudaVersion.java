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

  /** cuDNN counts 10000 for a major version from 9.0 on, and 1000 before. */
  private static final int CUDNN_9 = 90_000;

  /** The version of that text, such as "9.3". */
  static CudaVersion of(String text) {
    int dot = text.indexOf('.');
    return new CudaVersion(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  /** CUDA counts 1000 for a major version and 10 for a minor one ({@code CUDA_VERSION}). */
  static CudaVersion ofCuda(int number) {
    return new CudaVersion(number / 1000, number % 1000 / 10);
  }

  /** cuDNN counts 100 for a minor version ({@code CUDNN_VERSION}). */
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
