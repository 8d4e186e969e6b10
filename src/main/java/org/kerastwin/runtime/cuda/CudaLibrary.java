package org.kerastwin.runtime.cuda;

/**
 * A library that TensorFlow opens at run time, by its bare name, when it looks for GPUs.
 *
 * @param name as the loader knows it: {@code libcudnn.so.9}
 * @param holds what it is: {@code cuDNN 9}
 */
public record CudaLibrary(String name, String holds) {
  /** Whether the loader finds it, and all that it needs in turn. */
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
