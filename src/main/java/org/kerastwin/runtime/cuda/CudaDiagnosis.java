package org.kerastwin.runtime.cuda;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.kerastwin.EnvironmentException;
import org.kerastwin.runtime.Gpus;

/** Reports which requirements of a GPU are met or missing, for {@code doctor}. */
public final class CudaDiagnosis {
  private static final String CUDA = "CUDA";

  private final Cuda cuda;
  private final Findings findings;
  private final Optional<String> failure;
  private final List<CudaLibrary> notFound;

  /**
   * Looks for the libraries. Call this before TensorFlow is loaded, which would look for them too.
   *
   * @param cuda what this build of TensorFlow needs
   * @param findings receives the findings
   */
  public CudaDiagnosis(Cuda cuda, Findings findings) {
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
      findings.say(CUDA, "this build has TensorFlow for CPUs; training runs on the CPU");
      findings.remedy(
          "for an NVIDIA GPU on Linux x86-64, build with 'mvn package -DskipTests -Pgpu-redist',"
              + " which needs only the driver");
      return;
    }
    libraries();
    failure.ifPresent(reason -> findings.say("CUDA's jar", reason));
    driver();
    cudnn();
    gpus(cuda.missing().map(Gpus::without).orElseGet(search));
  }

  private void libraries() {
    if (cuda.libraries().isEmpty()) {
      findings.say("CUDA libraries", "not checked on this system; TensorFlow finds them itself");
    }
    for (CudaLibrary library : cuda.libraries()) {
      boolean found = !notFound.contains(library);
      findings.say(library.holds(), library.name() + (found ? " found" : " missing"));
      if (!found) {
        findings.remedy(remedy(library));
      }
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
        .ifPresent(release -> findings.say("driver release", release));
    driver.ifPresent(found -> findings.say("driver", "supports CUDA up to " + found.version()));
    if (driver.isPresent() && runtime.isPresent() && !driver.get().runs(runtime.get())) {
      findings.remedy("install a newer NVIDIA driver that supports CUDA " + runtime.get());
    }
    driver.flatMap(CudaDriver::failure).ifPresent(this::reportFailure);
    runtime.ifPresent(version -> findings.say("CUDA runtime", version.toString()));
    driver.stream()
        .flatMap(found -> found.gpus().stream())
        .forEach(gpu -> findings.say("GPU", gpu.toString()));
  }

  private void reportFailure(String reason) {
    findings.say("driver", reason);
    findings.remedy(
        "'nvidia-smi' shows the GPUs; CUDA_VISIBLE_DEVICES may hide them; restart the machine"
            + " after an update of the driver");
  }

  private void cudnn() {
    Optional<CudaVersion> version = cuda.cudnnVersion();
    version.ifPresent(found -> findings.say("cuDNN", found.toString()));
    if (version.filter(found -> found.compareTo(cuda.leastCudnn()) < 0).isPresent()) {
      findings.remedy(
          "install cuDNN %s or a newer %d".formatted(cuda.leastCudnn(), cuda.leastCudnn().major()));
    }
  }

  private void gpus(Gpus gpus) {
    if (gpus.whyNone().isEmpty()) {
      findings.say(CUDA, String.join(", ", gpus.names()));
      return;
    }
    findings.say(CUDA, gpus.whyNone().get() + "; training runs on the CPU");
    if (cuda.missing().isEmpty()) {
      findings.remedy("set TF_CPP_MIN_LOG_LEVEL=0 to see the log of TensorFlow");
    }
  }
}
