package org.kerastwin.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.runtime.Finding;
import org.kerastwin.runtime.Gpus;
import org.kerastwin.testing.CompiledLibrary;

/** Tests the CUDA part of {@code doctor}, with C programs in place of NVIDIA's libraries. */
@EnabledOnOs(OS.LINUX)
class CudaDiagnosisTest {
  private static final CudaVersion LEAST = new CudaVersion(9, 3);
  private static final CudaLibrary NO_CUDNN = new CudaLibrary("libkerastwin-no.so.9", "cuDNN 9");
  private static final Gpus NONE = Gpus.none("TensorFlow found no GPU that it can use");

  @TempDir private Path folder;

  private static List<String> told(Cuda cuda, Gpus gpus) {
    List<String> lines = new ArrayList<>();
    Consumer<Finding> findings =
        finding -> {
          lines.add(finding.subject() + ": " + finding.result());
          finding.remedy().map("-> "::concat).ifPresent(lines::add);
        };
    new CudaDiagnosis(cuda, findings).report(() -> gpus);
    // Ignores the driver of this machine, if any.
    lines.removeIf(line -> line.startsWith("driver release: "));
    return lines;
  }

  private Cuda cuda(CudaLibrary... libraries) {
    return new Cuda(true, List.of(libraries), LEAST, new CudaRedist(List.of()));
  }

  private CudaLibrary library(String name, String holds, String program) throws Exception {
    return new CudaLibrary(CompiledLibrary.in(folder, name, program).toString(), holds);
  }

  private CudaLibrary driver(int version, int code) throws Exception {
    return library(
        "libcuda.so.1",
        "NVIDIA driver",
        """
        int cuDriverGetVersion(int *version) { *version = %d; return 0; }
        int cuInit(unsigned flags) { return %d; }
        int cuGetErrorString(int code, const char **text) { *text = "its words"; return 0; }
        int cuDeviceGetCount(int *count) { *count = 0; return 0; }
        """
            .formatted(version, code));
  }

  private CudaLibrary runtime() throws Exception {
    return library(
        "libcudart.so.12",
        "CUDA 12 runtime",
        "int cudaRuntimeGetVersion(int *version) { *version = 12050; return 0; }");
  }

  private CudaLibrary cudnn(int version) throws Exception {
    return library(
        "libcudnn.so.9",
        "cuDNN 9",
        "unsigned long cudnnGetVersion(void) { return %d; }".formatted(version));
  }

  @Test
  void listsVersionsAndGpus() throws Exception {
    Gpus one = Gpus.of(List.of("/device:GPU:0"), OptionalDouble.empty());
    assertEquals(
        List.of(
            "NVIDIA driver: " + folder + "/libcuda.so.1 found",
            "CUDA 12 runtime: " + folder + "/libcudart.so.12 found",
            "cuDNN 9: " + folder + "/libcudnn.so.9 found",
            "driver: supports CUDA up to 12.4",
            "CUDA runtime: 12.5",
            "cuDNN: 9.5",
            "CUDA: /device:GPU:0"),
        told(cuda(driver(12_040, 0), runtime(), cudnn(90_501)), one));
  }

  @Test
  void givesRemediesForMissingLibraries() throws Exception {
    List<String> told = told(cuda(driver(12_040, 0), runtime(), NO_CUDNN), NONE);
    int missing = told.indexOf("cuDNN 9: libkerastwin-no.so.9 missing");
    assertTrue(told.get(missing + 1).contains("keep trainer-cuda.jar beside trainer.jar"));
    assertEquals(
        "CUDA: missing libkerastwin-no.so.9 (cuDNN 9); training runs on the CPU",
        told.get(told.size() - 1));
  }

  @Test
  void suggestsInstallingADriver() {
    List<String> told = told(cuda(new CudaLibrary("libkerastwin-no.so.1", "NVIDIA driver")), NONE);
    assertTrue(told.get(1).startsWith("-> install NVIDIA's driver"), told::toString);
  }

  @Test
  void suggestsANewerDriver() throws Exception {
    List<String> told = told(cuda(driver(11_080, 803), runtime(), cudnn(90_300)), NONE);
    int driver = told.indexOf("driver: supports CUDA up to 11.8");
    assertEquals(
        List.of(
            "-> install a newer NVIDIA driver that supports CUDA 12.5",
            "driver: cuInit gives 803, its words"),
        told.subList(driver + 1, driver + 3));
  }

  @Test
  void suggestsANewerCudnn() throws Exception {
    List<String> told = told(cuda(driver(12_040, 0), runtime(), cudnn(90_100)), NONE);
    int cudnn = told.indexOf("cuDNN: 9.1");
    assertEquals("-> install cuDNN 9.3 or a newer 9", told.get(cudnn + 1));
  }

  @Test
  void quotesTensorFlowErrors() throws Exception {
    List<String> told =
        told(
            cuda(driver(12_040, 0), runtime(), cudnn(90_300)),
            Gpus.none("TensorFlow can't initialize the GPUs: device is busy"));
    assertTrue(
        told.contains(
            "CUDA: TensorFlow can't initialize the GPUs: device is busy; training runs on the CPU"),
        told::toString);
  }

  /** As on Windows. */
  @Test
  void leavesUnknownLibrariesToTensorFlow() {
    assertEquals(
        List.of(
            "CUDA libraries: not checked on this system; TensorFlow finds them itself",
            "CUDA: TensorFlow found no GPU that it can use; training runs on the CPU",
            "-> set TF_CPP_MIN_LOG_LEVEL=0 to see the log of TensorFlow"),
        told(cuda(), NONE));
  }

  @Test
  void reportsDamagedCudaJars() throws IOException {
    Path none = Files.writeString(folder.resolve("libcudart.so.12"), "no library");
    CudaRedist broken = new CudaRedist(List.of(none.toUri().toURL()));
    List<String> told = told(new Cuda(true, List.of(NO_CUDNN), LEAST, broken), NONE);
    assertTrue(
        told.stream()
            .anyMatch(line -> line.startsWith("CUDA's jar: CUDA library 'libcudart.so.12'")),
        told::toString);
  }

  @Test
  void cpuBuildsNameTheGpuBuild() {
    List<String> told =
        told(new Cuda(false, List.of(NO_CUDNN), LEAST, new CudaRedist(List.of())), NONE);
    assertEquals("CUDA: this build has TensorFlow for CPUs; training runs on the CPU", told.get(0));
    assertTrue(told.get(1).contains("-Pgpu-redist"), told::toString);
  }
}
