package org.kerastwin.runtime.cuda;

/**
 * A library that TensorFlow loads by its name when it looks for GPUs.
 *
 * @param name file name, such as {@code libcudnn.so.9}
 * @param holds contents, such as {@code cuDNN 9}
 */
public record CudaLibrary(String name, String holds) {
  /** Whether the loader finds the library and its dependencies. */
  public boolean isFound() {
    try {
      NativeFunctions.of(name);
      return true;
    } catch (UnsatisfiedLinkError notFound) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "%s (%s)".formatted(name, holds);
  }
}
