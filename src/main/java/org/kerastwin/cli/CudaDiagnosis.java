package org.kerastwin.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.cuda.Cuda;
import org.kerastwin.cuda.CudaDriver;
import org.kerastwin.cuda.CudaLibrary;
import org.kerastwin.graph.NativeRuntime;

/**
 * Tells what a GPU needs and what of it is there, for {@code doctor}.
 *
 * @param cuda what this build of TensorFlow needs
 * @param missing which of its libraries the loader does not find
 * @param failure why those that come with the program can't be opened; empty if they are
 */
record CudaDiagnosis(Cuda cuda, List<CudaLibrary> missing, Optional<String> failure) {
  private static final String CUDA = "CUDA";

  /** Looks for everything; to be called before TensorFlow is loaded, which would look too. */
  static CudaDiagnosis of(Cuda cuda) {
    Optional<String> failure = Optional.empty();
    if (cuda.builtIn()) {
      try {
        cuda.redistributed().open();
      } catch (EnvironmentException unusable) {
        failure = Optional.of(unusable.getMessage());
      }
    }
    return new CudaDiagnosis(cuda, cuda.builtIn() ? cuda.notFound() : List.of(), failure);
  }

  /**
   * Tells it.
   *
   * @param finding takes the name of a thing and what was found
   * @param remedy takes what mends the finding before it
   */
  void report(BiConsumer<String, String> finding, Consumer<String> remedy) {
    if (!cuda.builtIn()) {
      finding.accept(CUDA, "this build's TensorFlow is for CPUs; training runs on the CPU");
      remedy.accept(
          "for an NVIDIA GPU on Linux x86-64 build with 'mvn package -DskipTests -Pgpu-redist',"
              + " which needs the driver alone");
      return;
    }
    for (CudaLibrary library : cuda.libraries()) {
      boolean found = !missing.contains(library);
      finding.accept(library.holds(), library.name() + (found ? " found" : " missing"));
      if (!found) {
        remedy.accept(remedy(library));
      }
    }
    failure.ifPresent(reason -> finding.accept("CUDA's jar", reason));
    versions(finding, remedy);
    gpus(finding, remedy);
  }

  private String remedy(CudaLibrary library) {
    return cuda.isDriver(library)
        ? "install NVIDIA's driver; 'nvidia-smi' shows whether it works"
        : "install it and name its folder in LD_LIBRARY_PATH, or build with -Pgpu-redist, which"
            + " needs the driver alone";
  }

  private void versions(BiConsumer<String, String> finding, Consumer<String> remedy) {
    Optional<CudaDriver> driver = cuda.driver();
    Optional<String> runtime = cuda.runtimeVersion();
    driver.ifPresent(found -> finding.accept("driver", "runs CUDA up to " + found.version()));
    if (driver.isPresent() && runtime.isPresent() && !driver.get().runs(runtime.get())) {
      remedy.accept("install a newer driver of NVIDIA's, one that runs CUDA " + runtime.get());
    }
    runtime.ifPresent(version -> finding.accept("CUDA runtime", version));
    driver.stream()
        .flatMap(found -> found.gpus().stream())
        .map(CudaDriver.Gpu::toString)
        .forEach(gpu -> finding.accept("GPU", gpu));
  }

  private void gpus(BiConsumer<String, String> finding, Consumer<String> remedy) {
    List<String> names =
        missing.isEmpty() ? NativeRuntime.gpus(OptionalDouble.empty()).names() : List.of();
    if (names.isEmpty()) {
      finding.accept(CUDA, "no device that TensorFlow can use; training runs on the CPU");
      if (missing.isEmpty()) {
        remedy.accept(
            "'nvidia-smi' shows the GPUs; CUDA_VISIBLE_DEVICES may hide them; TF_CPP_MIN_LOG_LEVEL=0"
                + " has TensorFlow say why");
      }
    } else {
      finding.accept(CUDA, String.join(", ", names));
    }
  }
}
