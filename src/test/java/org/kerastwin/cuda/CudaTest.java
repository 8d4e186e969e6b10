package org.kerastwin.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;

/** What is missing for a GPU is named; libraries of the C compiler and of glibc stand in. */
@EnabledOnOs(OS.LINUX)
class CudaTest {
  private static final CudaLibrary THERE = new CudaLibrary("libm.so.6", "mathematics");
  private static final CudaLibrary NOWHERE = new CudaLibrary("libkerastwin-no.so.9", "cuDNN 9");
  private static final CudaRedist NONE = new CudaRedist(List.of());

  @TempDir private Path folder;

  @Test
  void aBuildForProcessorsLacksCudaItself() {
    assertEquals(
        Optional.of("TensorFlow with CUDA: this build's is for CPUs"),
        new Cuda(false, List.of(THERE), NONE).missing());
  }

  @Test
  void theFirstLibraryThatIsNotFoundIsNamed() {
    assertEquals(Optional.empty(), new Cuda(true, List.of(THERE), NONE).missing());
    Cuda withoutCudnn = new Cuda(true, List.of(THERE, NOWHERE), NONE);
    assertEquals(Optional.of("libkerastwin-no.so.9 (cuDNN 9)"), withoutCudnn.missing());
    assertEquals(List.of(NOWHERE), withoutCudnn.notFound());
    assertTrue(withoutCudnn.isDriver(THERE));
    assertFalse(withoutCudnn.isDriver(NOWHERE));
  }

  @Test
  void theBuildKnowsWhatItsTensorFlowOpens() {
    List<CudaLibrary> libraries = Cuda.ofBuild().libraries();
    assertEquals("libcuda.so.1", libraries.get(0).name());
    assertTrue(libraries.get(1).name().startsWith("libcudart.so."), libraries::toString);
    assertTrue(libraries.stream().anyMatch(library -> library.name().startsWith("libcudnn.so.")));
  }

  @Test
  void aDriverRunsEveryRuntimeOfItsMajorVersion() {
    CudaDriver driver = new CudaDriver("12.2", List.of());
    assertTrue(driver.runs("12.5"));
    assertTrue(driver.runs("11.2"));
    assertFalse(new CudaDriver("11.8", List.of()).runs("12.5"));
  }

  @Test
  void withoutADriverNothingIsUnpacked() throws IOException {
    CudaRedist broken = new CudaRedist(List.of(noLibrary().toUri().toURL()));
    assertEquals(
        Optional.of(NOWHERE.toString()), new Cuda(true, List.of(NOWHERE), broken).missing());
  }

  @Test
  void aLibraryThatCannotBeOpenedIsTheEnvironmentsFault() throws IOException {
    CudaRedist broken = new CudaRedist(List.of(noLibrary().toUri().toURL()));
    Cuda cuda = new Cuda(true, List.of(THERE), broken);
    String message = assertThrows(EnvironmentException.class, cuda::missing).getMessage();
    assertTrue(message.startsWith("CUDA library 'libcudart.so.12': expected"), message);
  }

  private Path noLibrary() throws IOException {
    return Files.writeString(folder.resolve("libcudart.so.12"), "no library");
  }

  @Test
  void aLibraryOfTheJarIsFoundByItsBareNameOnceItIsOpen() throws Exception {
    Path library = compiled("libkerastwin-jar.so.1", "int kerastwin;");
    CudaLibrary byName = new CudaLibrary("libkerastwin-jar.so.1", "a stand-in");
    assertFalse(byName.isFound());
    new CudaRedist(List.of(library.toUri().toURL())).open();
    assertTrue(byName.isFound());
  }

  /** A driver of version 12.6 with one GPU, after the headers of NVIDIA's CUDA 12. */
  @Test
  void theDriverTellsVersionsAndGpus() throws Exception {
    Path driver =
        compiled(
            "libcuda.so.1",
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
    CudaDriver found = CudaDriver.ask(driver.toString()).orElseThrow();
    assertEquals("12.6", found.version());
    assertEquals(List.of(new CudaDriver.Gpu("NVIDIA Stand-in", "8.6")), found.gpus());
    assertEquals(Optional.of("12.5"), CudaDriver.runtimeVersion(driver.toString()));
  }

  @Test
  void aDriverThatIsMissingOrHasNoGpuTellsNothing() throws Exception {
    assertEquals(Optional.empty(), CudaDriver.ask("libkerastwin-no.so.9"));
    Path noGpu = compiled("libcuda.so.1", "int cuInit(unsigned flags) { return 100; }");
    assertEquals(Optional.empty(), CudaDriver.ask(noGpu.toString()));
  }

  private Path compiled(String name, String program) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "needs a C compiler to make a stand-in");
    Path source = Files.writeString(folder.resolve("source.c"), program);
    Path library = folder.resolve(name);
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-Wl,-z,noexecstack,-soname," + name,
                "-o",
                library + "",
                source + "")
            .inheritIO()
            .start();
    assertEquals(0, compiler.waitFor());
    return library;
  }
}
