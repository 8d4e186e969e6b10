package org.kerastwin.cuda;

import java.util.List;
import java.util.Optional;

/**
 * What a build of TensorFlow needs to run on a GPU.
 *
 * @param builtIn whether it holds kernels for GPUs
 * @param libraries the libraries that it opens, the driver's first, then the runtime's; empty where
 *     they are not known, and TensorFlow itself is to be asked
 * @param redistributed the libraries that come with the program; may be none
 */
public record Cuda(boolean builtIn, List<CudaLibrary> libraries, CudaRedist redistributed) {
  private static final String NATIVE_LIBRARIES = "/org/tensorflow/internal/c_api/";

  /** The native libraries of TensorFlow-Java that hold kernels for GPUs. */
  private static final List<String> WITH_KERNELS =
      List.of("linux-x86_64-gpu/libtensorflow_cc.so.2", "windows-x86_64-gpu/tensorflow_cc.dll");

  /** What the TensorFlow in this program needs. */
  public static Cuda ofBuild() {
    return new Cuda(
        WITH_KERNELS.stream()
            .anyMatch(name -> Cuda.class.getResource(NATIVE_LIBRARIES + name) != null),
        isLinux() ? opened() : List.of(),
        CudaRedist.ofBuild());
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  private static List<CudaLibrary> opened() {
    return LibraryList.named("cuda-libraries.txt").stream()
        .map(line -> line.split(" ", 2))
        .map(words -> new CudaLibrary(words[0], words[1]))
        .toList();
  }

  /** The libraries that the loader does not find. */
  public List<CudaLibrary> notFound() {
    return libraries.stream().filter(library -> !library.isFound()).toList();
  }

  /** Whether it is the driver's, which no program can bring. */
  public boolean isDriver(CudaLibrary library) {
    return libraries.indexOf(library) == 0;
  }

  /** What the driver says; empty without a driver that works. */
  public Optional<CudaDriver> driver() {
    return libraries.stream().findFirst().flatMap(library -> CudaDriver.ask(library.name()));
  }

  /** The version of the CUDA runtime, such as "12.6"; empty if it is missing. */
  public Optional<String> runtimeVersion() {
    return libraries.stream()
        .skip(1)
        .findFirst()
        .flatMap(library -> CudaDriver.runtimeVersion(library.name()));
  }

  /**
   * The first thing that is missing for TensorFlow to look for GPUs; empty if nothing is. Opens the
   * libraries that come with the program, unless there is no driver to use them with.
   */
  public Optional<String> missing() {
    if (!builtIn) {
      return Optional.of("TensorFlow with CUDA: this build's is for CPUs");
    }
    // The driver's library is the first; without it the rest need not be unpacked.
    CudaLibrary driver = libraries.get(0);
    if (driver.isFound()) {
      redistributed.open();
    }
    return notFound().stream().findFirst().map(CudaLibrary::toString);
  }
}
