package org.kerastwin.runtime.cuda;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The requirements of a TensorFlow build for running on a GPU.
 *
 * @param builtIn whether it has kernels for GPUs
 * @param libraries the libraries that it loads: first the driver, then the runtime, cuDNN last;
 *     empty if they are unknown and only TensorFlow can tell
 * @param oldestCudnn the oldest cuDNN that its kernels run with
 * @param redistributed the libraries that come with the program, if any
 */
public record Cuda(
    boolean builtIn,
    List<CudaLibrary> libraries,
    CudaVersion oldestCudnn,
    CudaRedist redistributed) {
  private static final String NATIVE_LIBRARIES = "/org/tensorflow/internal/c_api/";

  /** The requirements of the TensorFlow in this program. */
  public static Cuda ofBuild() {
    return new Cuda(
        ReleaseLists.named("cuda-kernels.txt").stream()
            .anyMatch(name -> Cuda.class.getResource(NATIVE_LIBRARIES + name) != null),
        isLinux() ? loaded() : List.of(),
        CudaVersion.of(ReleaseLists.named("least-cudnn.txt").get(0)),
        CudaRedist.ofBuild());
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  private static List<CudaLibrary> loaded() {
    return ReleaseLists.named("cuda-libraries.txt").stream()
        .map(line -> line.split(" ", 2))
        .map(words -> new CudaLibrary(words[0], words[1]))
        .toList();
  }

  /** The libraries that the loader does not find. */
  public List<CudaLibrary> notFound() {
    return libraries.stream().filter(library -> !library.isFound()).toList();
  }

  /** Whether a library belongs to the driver, which programs can't include. */
  public boolean isDriver(CudaLibrary library) {
    return libraries.indexOf(library) == 0;
  }

  /** Queries the driver; empty if there is none. */
  public Optional<CudaDriver> driver() {
    return libraries.stream().findFirst().flatMap(library -> CudaDriver.query(library.name()));
  }

  /** The version of the CUDA runtime; empty if it is missing. */
  public Optional<CudaVersion> runtimeVersion() {
    return libraries.stream()
        .skip(1)
        .findFirst()
        .flatMap(
            library ->
                version(
                    library,
                    runtime -> CudaVersion.ofCuda(runtime.number("cudaRuntimeGetVersion"))));
  }

  /** The version of cuDNN; empty if it is missing. */
  public Optional<CudaVersion> cudnnVersion() {
    return libraries.stream()
        .reduce((earlier, later) -> later)
        .flatMap(
            library ->
                version(library, cudnn -> CudaVersion.ofCudnn(cudnn.call("cudnnGetVersion"))));
  }

  private static Optional<CudaVersion> version(
      CudaLibrary library, Function<NativeFunctions, CudaVersion> question) {
    try {
      return Optional.of(question.apply(NativeFunctions.of(library.name())));
    } catch (UnsatisfiedLinkError missing) {
      return Optional.empty();
    }
  }

  /**
   * Whether to load the libraries that come with the program: there are kernels and, as far as is
   * known, a driver.
   */
  public boolean hasDriver() {
    return builtIn && libraries.stream().limit(1).allMatch(CudaLibrary::isFound);
  }

  /** The first requirement that TensorFlow lacks to use GPUs; empty if it lacks none. */
  public Optional<String> missing() {
    if (!builtIn) {
      return Optional.of("TensorFlow with CUDA, since this build has TensorFlow for CPUs");
    }
    return notFound().stream().findFirst().map(CudaLibrary::toString).or(this::olderCudnn);
  }

  /** A cuDNN that is too old, which TensorFlow would reject at the first convolution. */
  private Optional<String> olderCudnn() {
    return cudnnVersion()
        .filter(found -> found.compareTo(oldestCudnn) < 0)
        .map(found -> "cuDNN %s or newer; the installed one is %s".formatted(oldestCudnn, found));
  }
}
