package org.kerastwin.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kerastwin.EnvironmentException;
import org.kerastwin.cuda.Cuda;
import org.kerastwin.cuda.CudaDriver;
import org.kerastwin.cuda.CudaLibrary;
import org.kerastwin.cuda.CudaVersion;
import org.kerastwin.cuda.DriverRelease;
import org.kerastwin.graph.Gpus;

/**
 * Tells what a GPU needs and what of it is there, for {@code doctor}.
 *
 * @param cuda what this build of TensorFlow needs
 * @param notFound which of its libraries the loader does not find
 * @param failure why those that come with the program can't be opened; empty if they are
 * @param finding takes the name of a thing and what was found
 * @param remedy takes what mends the finding before it
 */
record CudaDiagnosis(
    Cuda cuda,
    List<CudaLibrary> notFound,
    Optional<String> failure,
    BiConsumer<String, String> finding,
    Consumer<String> remedy) {
  private static final String CUDA = "CUDA";

  /** Looks for everything; to be called before TensorFlow is loaded, which would look too. */
  static CudaDiagnosis of(Cuda cuda, BiConsumer<String, String> finding, Consumer<String> remedy) {
    Optional<String> failure = Optional.empty();
    if (cuda.builtIn()) {
      try {
        cuda.redistributed().open();
      } catch (EnvironmentException unusable) {
        failure = Optional.of(unusable.getMessage());
      }
    }
    List<CudaLibrary> notFound = cuda.builtIn() ? cuda.notFound() : List.of();
    return new CudaDiagnosis(cuda, notFound, failure, finding, remedy);
  }

  /**
   * Tells it.
   *
   * @param search has TensorFlow look for GPUs
   */
  void report(Supplier<Gpus> search) {
    if (!cuda.builtIn()) {
      finding.accept(CUDA, "this build's TensorFlow is for CPUs; training runs on the CPU");
      remedy.accept(
          "for an NVIDIA GPU on Linux x86-64 build with 'mvn package -DskipTests -Pgpu-redist',"
              + " which needs the driver alone");
      return;
    }
    libraries();
    failure.ifPresent(reason -> finding.accept("CUDA's jar", reason));
    driver();
    cudnn();
    gpus(cuda.missing().map(Gpus::without).orElseGet(search));
  }

  private void libraries() {
    if (cuda.libraries().isEmpty()) {
      finding.accept("CUDA libraries", "not looked for on this system, where TensorFlow does");
    }
    for (CudaLibrary library : cuda.libraries()) {
      boolean found = !notFound.contains(library);
      finding.accept(library.holds(), library.name() + (found ? " found" : " missing"));
      if (!found) {
        remedy.accept(remedy(library));
      }
    }
  }

  private String remedy(CudaLibrary library) {
    return cuda.isDriver(library)
        ? "install NVIDIA's driver; 'nvidia-smi' shows whether it works"
        : "install it and name its folder in LD_LIBRARY_PATH, or build with -Pgpu-redist, which"
            + " needs the driver alone, and keep trainer-cuda.jar beside trainer.jar";
  }

  private void driver() {
    Optional<CudaDriver> driver = cuda.driver();
    Optional<CudaVersion> runtime = cuda.runtimeVersion();
    DriverRelease.in(DriverRelease.MODULE)
        .ifPresent(release -> finding.accept("driver release", release));
    driver.ifPresent(found -> finding.accept("driver", "runs CUDA up to " + found.version()));
    if (driver.isPresent() && runtime.isPresent() && !driver.get().runs(runtime.get())) {
      remedy.accept("install a newer driver of NVIDIA's, one that runs CUDA " + runtime.get());
    }
    driver.flatMap(CudaDriver::failure).ifPresent(this::driverFails);
    runtime.ifPresent(version -> finding.accept("CUDA runtime", version.toString()));
    driver.stream()
        .flatMap(found -> found.gpus().stream())
        .forEach(gpu -> finding.accept("GPU", gpu.toString()));
  }

  private void driverFails(String reason) {
    finding.accept("driver", reason);
    remedy.accept(
        "'nvidia-smi' shows the GPUs; CUDA_VISIBLE_DEVICES may hide them; after an update of the"
            + " driver the machine has to be started anew");
  }

  private void cudnn() {
    Optional<CudaVersion> version = cuda.cudnnVersion();
    version.ifPresent(found -> finding.accept("cuDNN", found.toString()));
    if (version.filter(found -> found.compareTo(cuda.leastCudnn()) < 0).isPresent()) {
      remedy.accept(
          "install cuDNN %s or a newer %d".formatted(cuda.leastCudnn(), cuda.leastCudnn().major()));
    }
  }

  private void gpus(Gpus gpus) {
    if (gpus.whyNone().isEmpty()) {
      finding.accept(CUDA, String.join(", ", gpus.names()));
      return;
    }
    finding.accept(CUDA, gpus.whyNone().get() + "; training runs on the CPU");
    if (cuda.missing().isEmpty()) {
      remedy.accept("TF_CPP_MIN_LOG_LEVEL=0 has TensorFlow say more");
    }
  }
}
