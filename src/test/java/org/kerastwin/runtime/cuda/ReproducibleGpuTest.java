package org.kerastwin.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.runtime.DeviceRequest;
import org.kerastwin.runtime.Gpus;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.testing.CompiledLibrary;

/**
 * Runs the exact form for a GPU in a process of its own: its settings are in effect when CUDA's
 * libraries are opened, and in TensorFlow.
 */
@EnabledOnOs(OS.LINUX)
class ReproducibleGpuTest {
  private static final int MINUTES = 2;

  /** TensorFlow's functions for determinism, in 2.18 and in 2.10. */
  private static final List<String> IS_DETERMINISTIC =
      List.of("_ZN3tsl21OpDeterminismRequiredEv", "_ZN10tensorflow21OpDeterminismRequiredEv");

  @TempDir private Path folder;

  @Test
  void disablesTf32BeforeLoadingCuda() throws Exception {
    Path cublas =
        CompiledLibrary.in(
            folder,
            "libkerastwin-cublas.so.12",
            """
            #include <stdlib.h>
            static const char *seen;
            __attribute__((constructor)) static void opened(void) {
              seen = getenv("NVIDIA_TF32_OVERRIDE");
            }
            int tf32_is_off(void) { return seen && seen[0] == '0'; }
            """);
    assertEquals(
        List.of(
            "gpu:0",
            "Results on the GPU equal Keras's up to rounding: TF32 off (NVIDIA_TF32_OVERRIDE=0),"
                + " determinism on (TF_DETERMINISTIC_OPS=1).",
            "TF32 is off: 1",
            "TensorFlow is deterministic: 1"),
        ofProcess(cublas));
  }

  private List<String> ofProcess(Path cublas) throws Exception {
    File out = folder.resolve("out.txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReproducibleGpuTest.class.getName(),
                cublas.toString())
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // With the log level set, nothing must be silenced, so TensorFlow is not loaded yet.
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    Process process = builder.start();
    assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "the process does not end");
    return Files.readAllLines(out.toPath());
  }

  /** The process: its argument is the library that stands in for cuBLAS. */
  public static void main(String... arguments) throws MalformedURLException {
    Path cublas = Path.of(arguments[0]);
    Cuda cuda =
        new Cuda(
            true,
            List.of(
                new CudaLibrary("libm.so.6", "NVIDIA driver"),
                new CudaLibrary(cublas.getFileName().toString(), "cuBLAS 12")),
            new CudaVersion(9, 3),
            new CudaRedist(List.of(cublas.toUri().toURL())));
    DeviceSelection selected =
        DeviceSelection.of(
            DeviceRequest.of("gpu").orElseThrow(),
            cuda,
            () -> Gpus.of(List.of("/device:GPU:0"), OptionalDouble.empty()),
            true);
    System.out.println(selected.device());
    System.out.println(selected.notice().orElseThrow());
    NativeRuntime.version();
    System.out.println("TF32 is off: " + call(cublas.toString(), Stream.of("tf32_is_off")));
    System.out.println(
        "TensorFlow is deterministic: "
            + call("libtensorflow_framework.so.2", IS_DETERMINISTIC.stream()));
  }

  /** Calls the first of these functions that the library has. */
  private static int call(String library, Stream<String> functions) {
    return functions
        .map(name -> function(library, name))
        .filter(answer -> answer >= 0)
        .findFirst()
        .orElseThrow();
  }

  private static int function(String library, String name) {
    try {
      return NativeLibrary.getInstance(library).getFunction(name).invokeInt(new Object[0]) & 0xff;
    } catch (UnsatisfiedLinkError noSuchFunction) {
      return -1;
    }
  }
}
