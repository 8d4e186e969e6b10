package org.kerastwin.runtime.cuda;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kerastwin.EnvironmentException;
import org.kerastwin.runtime.Finding;
import org.kerastwin.runtime.Gpus;

/** Reports which requirements of a GPU are met or missing, for {@code doctor}. */
public final class CudaDiagnosis {
  private static final String CUDA = "CUDA";

  private final Cuda cuda;
  private final Consumer<Finding> findings;
  private final Optional<String> failure;
  private final List<CudaLibrary> notFound;

  /**
   * Looks for the libraries. Call this before TensorFlow is loaded, which would look for them too.
   *
   * @param cuda what this build of TensorFlow needs
   * @param findings receives the findings
   */
  public CudaDiagnosis(Cuda cuda, Consumer<Finding> findings) {
    this.cuda = cuda;
    this.findings = findings;
    this.failure = cuda.builtIn() ? failure(cuda) : Optional.empty();
    this.notFound = cuda.builtIn() ? cuda.notFound() : List.of();
  }

  /** Why the libraries that come with the program can't be opened; empty if they can. */
  private static Optional<String> failure(Cuda cuda) {
    try {
      cuda.redistributed().open();
      return Optional.empty();
    } catch (EnvironmentException unusable) {
      return Optional.of(unusable.getMessage());
    }
  }

  /**
   * Reports the findings.
   *
   * @param search has TensorFlow look for GPUs
   */
  public void report(Supplier<Gpus> search) {
    if (!cuda.builtIn()) {
      findings.accept(
          new Finding(
              CUDA,
              "this build has TensorFlow for CPUs; training runs on the CPU",
              "for an NVIDIA GPU on Linux x86-64, build with 'mvn package -DskipTests"
                  + " -Pgpu-redist', which needs only the driver"));
      return;
    }
    libraries();
    failure.ifPresent(reason -> findings.accept(new Finding("CUDA's jar", reason)));
    driver();
    cudnn();
    gpus(cuda.missing().map(Gpus::without).orElseGet(search));
  }

  private void libraries() {
    if (cuda.libraries().isEmpty()) {
      findings.accept(
          new Finding(
              "CUDA libraries", "not checked on this system; TensorFlow finds them itself"));
    }
    for (CudaLibrary library : cuda.libraries()) {
      findings.accept(
          notFound.contains(library)
              ? new Finding(library.holds(), library.name() + " missing", remedy(library))
              : new Finding(library.holds(), library.name() + " found"));
    }
  }

  private String remedy(CudaLibrary library) {
    return cuda.isDriver(library)
        ? "install NVIDIA's driver; 'nvidia-smi' shows whether it works"
        : "install it and add its folder to LD_LIBRARY_PATH, or build with -Pgpu-redist, which"
            + " needs only the driver, and keep trainer-cuda.jar beside trainer.jar";
  }

  private void driver() {
    Optional<CudaDriver> driver = cuda.driver();
    Optional<CudaVersion> runtime = cuda.runtimeVersion();
    DriverRelease.in(DriverRelease.MODULE)
        .ifPresent(release -> findings.accept(new Finding("driver release", release)));
    driver.ifPresent(found -> findings.accept(version(found, runtime)));
    driver.flatMap(CudaDriver::failure).ifPresent(this::reportFailure);
    runtime.ifPresent(version -> findings.accept(new Finding("CUDA runtime", version.toString())));
    driver.stream()
        .flatMap(found -> found.gpus().stream())
        .forEach(gpu -> findings.accept(new Finding("GPU", gpu.toString())));
  }

  private static Finding version(CudaDriver driver, Optional<CudaVersion> runtime) {
    return new Finding(
        "driver",
        "supports CUDA up to " + driver.version(),
        runtime
            .filter(version -> !driver.runs(version))
            .map(version -> "install a newer NVIDIA driver that supports CUDA " + version));
  }

  private void reportFailure(String reason) {
    findings.accept(
        new Finding(
            "driver",
            reason,
            "'nvidia-smi' shows the GPUs; CUDA_VISIBLE_DEVICES may hide them; restart the machine"
                + " after an update of the driver"));
  }

  private void cudnn() {
    CudaVersion oldest = cuda.oldestCudnn();
    cuda.cudnnVersion()
        .map(
            found ->
                new Finding(
                    "cuDNN",
                    found.toString(),
                    Optional.of("install cuDNN %s or a newer %d".formatted(oldest, oldest.major()))
                        .filter(remedy -> found.compareTo(oldest) < 0)))
        .ifPresent(findings);
  }

  private void gpus(Gpus gpus) {
    findings.accept(
        gpus.reasonForNone()
            .map(
                reason ->
                    new Finding(
                        CUDA,
                        reason + "; training runs on the CPU",
                        Optional.of("set TF_CPP_MIN_LOG_LEVEL=0 to see the log of TensorFlow")
                            .filter(remedy -> cuda.missing().isEmpty())))
            .orElseGet(() -> new Finding(CUDA, String.join(", ", gpus.names()))));
  }
}
