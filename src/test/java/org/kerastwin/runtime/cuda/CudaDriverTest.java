package org.kerastwin.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.testing.CompiledLibrary;

/** Queries drivers; C programs with the interface of NVIDIA's CUDA 12 stand in for them. */
@EnabledOnOs(OS.LINUX)
class CudaDriverTest {
  @TempDir private Path folder;

  /** A driver of version 12.6 with one GPU. */
  @Test
  void readsVersionsAndGpus() throws Exception {
    Path driver =
        compiled(
            """
            #include <string.h>
            int cuInit(unsigned flags) { return flags; }
            int cuDriverGetVersion(int *version) { *version = 12060; return 0; }
            int cuDeviceGetCount(int *count) { *count = 1; return 0; }
            int cuDeviceGet(int *device, int ordinal) { *device = ordinal; return 0; }
            int cuDeviceGetName(char *name, int length, int device) {
              strncpy(name, "NVIDIA Stand-in", length);
              return device;
            }
            int cuDeviceGetAttribute(int *value, int attribute, int device) {
              *value = attribute == 75 ? 8 : attribute == 76 ? 6 : -1;
              return device;
            }
            int cudaRuntimeGetVersion(int *version) { *version = 12050; return 0; }
            """);
    CudaDriver found = CudaDriver.query(driver.toString()).orElseThrow();
    assertEquals(new CudaVersion(12, 6), found.version());
    assertEquals(Optional.empty(), found.failure());
    assertEquals(List.of(new CudaDriver.Gpu("NVIDIA Stand-in", "8.6")), found.gpus());
    CudaLibrary both = new CudaLibrary(driver.toString(), "driver and runtime");
    Cuda cuda =
        new Cuda(true, List.of(both, both), new CudaVersion(9, 3), new CudaRedist(List.of()));
    assertEquals(Optional.of(found), cuda.driver());
    assertEquals(Optional.of(new CudaVersion(12, 5)), cuda.runtimeVersion());
  }

  @Test
  void readsVersionAndErrorOfFailedDrivers() throws Exception {
    Path noGpu =
        compiled(
            """
            int cuInit(unsigned flags) { return 100; }
            int cuDriverGetVersion(int *version) { *version = 11080; return 0; }
            int cuGetErrorString(int error, const char **text) {
              *text = "no CUDA-capable device is detected";
              return error - 100;
            }
            """);
    CudaDriver found = CudaDriver.query(noGpu.toString()).orElseThrow();
    assertEquals(new CudaVersion(11, 8), found.version());
    assertEquals(
        Optional.of("cuInit gives 100, no CUDA-capable device is detected"), found.failure());
    assertEquals(List.of(), found.gpus());
    assertTrue(Files.readString(Path.of("/proc/self/maps")).contains(noGpu.toString()));
  }

  @Test
  void missingDriversGiveNothing() {
    assertEquals(Optional.empty(), CudaDriver.query("libkerastwin-no.so.9"));
  }

  @Test
  void runsRuntimesOfItsMajorVersion() {
    CudaDriver driver = new CudaDriver(CudaVersion.of("12.2"), Optional.empty(), List.of());
    assertTrue(driver.runs(CudaVersion.of("12.5")));
    assertTrue(driver.runs(CudaVersion.of("11.2")));
    CudaDriver older = new CudaDriver(CudaVersion.of("11.8"), Optional.empty(), List.of());
    assertFalse(older.runs(CudaVersion.of("12.5")));
  }

  /** The lines of the closed and of the open kernel module. */
  @ParameterizedTest
  @CsvSource({
    "NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024,550.54.15",
    "NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release Build  (dvs-builder),560.35.03",
    "NVIDIA UNIX x86_64 Kernel Module  450.80  Sun Sep 13 2020,450.80"
  })
  void readsTheReleaseOfTheKernelModule(String line, String release) throws IOException {
    Path module = folder.resolve("version");
    Files.writeString(module, "NVRM version: %s%nGCC version:  gcc 12.3.0%n".formatted(line));
    assertEquals(Optional.of(release), DriverRelease.in(module));
  }

  @Test
  void givesNoReleaseWithoutAModule() {
    assertEquals(Optional.empty(), DriverRelease.in(folder.resolve("version")));
  }

  private Path compiled(String program) throws Exception {
    return CompiledLibrary.in(folder, "libcuda.so.1", program);
  }
}
