package org.kerastwin.cli;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.kerastwin.cuda.Cuda;
import org.kerastwin.cuda.CudaDriver;
import org.kerastwin.cuda.CudaLibrary;
import org.kerastwin.graph.NativeRuntime;

/**
 * Tells what a GPU needs and what of it is there, for {@code doctor}.
 *
 * @param cuda what this build of TensorFlow needs
 * @param missing which of its libraries the loader does not find
 */
record CudaDiagnosis(Cuda cuda, List<CudaLibrary> missing) {
  private static final String CUDA = "CUDA";

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
    versions(finding);
    gpus(finding, remedy);
  }

  private String remedy(CudaLibrary library) {
    return cuda.isDriver(library)
        ? "install NVIDIA's driver; 'nvidia-smi' shows whether it works"
        : "install it and name its folder in LD_LIBRARY_PATH, or build with -Pgpu-redist, which"
            + " needs the driver alone";
  }

  private void versions(BiConsumer<String, String> finding) {
    cuda.driver()
        .ifPresent(driver -> finding.accept("driver", "runs CUDA up to " + driver.version()));
    cuda.runtimeVersion().ifPresent(version -> finding.accept("CUDA runtime", version));
    cuda.driver().stream()
        .flatMap(driver -> driver.gpus().stream())
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
