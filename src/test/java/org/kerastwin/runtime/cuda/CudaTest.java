package org.kerastwin.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.kerastwin.EnvironmentException;
import org.kerastwin.testing.CompiledLibrary;

/** Names missing requirements of a GPU, with other libraries in place of NVIDIA's. */
@EnabledOnOs(OS.LINUX)
class CudaTest {
  private static final CudaLibrary THERE = new CudaLibrary("libm.so.6", "mathematics");
  private static final CudaLibrary NOWHERE = new CudaLibrary("libkerastwin-no.so.9", "cuDNN 9");
  private static final CudaRedist NONE = new CudaRedist(List.of());
  private static final CudaVersion LEAST = new CudaVersion(9, 3);

  @TempDir private Path folder;

  private static Cuda cuda(CudaLibrary... libraries) {
    return new Cuda(true, List.of(libraries), LEAST, NONE);
  }

  @Test
  void cpuBuildsLackCuda() {
    Cuda forProcessors = new Cuda(false, List.of(THERE), LEAST, NONE);
    assertEquals(
        Optional.of("TensorFlow with CUDA, since this build has TensorFlow for CPUs"),
        forProcessors.missing());
    assertFalse(forProcessors.hasDriver());
  }

  @Test
  void namesTheFirstMissingLibrary() {
    assertEquals(Optional.empty(), cuda(THERE).missing());
    Cuda withoutCudnn = cuda(THERE, NOWHERE);
    assertEquals(Optional.of("libkerastwin-no.so.9 (cuDNN 9)"), withoutCudnn.missing());
    assertEquals(List.of(NOWHERE), withoutCudnn.notFound());
    assertTrue(withoutCudnn.isDriver(THERE));
    assertFalse(withoutCudnn.isDriver(NOWHERE));
  }

  @Test
  void detectsTheDriver() {
    assertTrue(cuda(THERE, NOWHERE).hasDriver());
    assertFalse(cuda(NOWHERE, THERE).hasDriver());
  }

  /** As on Windows. */
  @Test
  void unknownLibrariesAreNotMissing() {
    assertEquals(Optional.empty(), cuda().missing());
    assertTrue(cuda().hasDriver());
    assertEquals(Optional.empty(), cuda().driver());
    assertEquals(Optional.empty(), cuda().runtimeVersion());
    assertEquals(Optional.empty(), cuda().cudnnVersion());
  }

  @Test
  void listsTheLibrariesOfThisBuild() {
    Cuda ofBuild = Cuda.ofBuild();
    List<CudaLibrary> libraries = ofBuild.libraries();
    assertEquals("libcuda.so.1", libraries.get(0).name());
    assertTrue(libraries.get(1).name().startsWith("libcudart.so."), libraries::toString);
    String cudnn = "libcudnn.so." + ofBuild.oldestCudnn().major();
    assertEquals(cudnn, libraries.get(libraries.size() - 1).name());
  }

  /** NVIDIA's numbers: cuDNN 8.1.0 is 8100, 8.9.7 is 8907, 9.3.0 is 90300. */
  @ParameterizedTest
  @CsvSource({"8100,8.1", "8907,8.9", "90300,9.3", "90501,9.5", "101200,10.12"})
  void parsesCudnnVersionNumbers(int number, String version) {
    assertEquals(version, CudaVersion.ofCudnn(number).toString());
    assertEquals(CudaVersion.ofCudnn(number), CudaVersion.of(version));
  }

  @Test
  void ordersVersions() {
    assertTrue(CudaVersion.of("8.9").compareTo(LEAST) < 0);
    assertTrue(CudaVersion.of("9.2").compareTo(LEAST) < 0);
    assertEquals(0, CudaVersion.of("9.3").compareTo(LEAST));
    assertTrue(CudaVersion.of("9.12").compareTo(LEAST) > 0);
  }

  @Test
  void oldCudnnCountsAsMissing() throws Exception {
    Path older = compiled("libcudnn.so.9", "unsigned long cudnnGetVersion() { return 90100; }");
    Cuda cuda = cuda(THERE, new CudaLibrary(older.toString(), "cuDNN 9"));
    assertEquals(Optional.of(CudaVersion.of("9.1")), cuda.cudnnVersion());
    assertEquals(Optional.of("cuDNN 9.3 or newer; the installed one is 9.1"), cuda.missing());
  }

  @Test
  void rejectsDamagedLibraries() throws IOException {
    Path none = Files.writeString(folder.resolve("libcudart.so.12"), "no library");
    CudaRedist broken = new CudaRedist(List.of(none.toUri().toURL()));
    String message = assertThrows(EnvironmentException.class, broken::open).getMessage();
    assertTrue(
        message.startsWith(
            "CUDA library 'libcudart.so.12': expected a complete library and its dependencies,"
                + " received"),
        message);
    assertTrue(message.endsWith("Delete '" + folder + "' so that it is unpacked again."), message);
  }

  @Test
  void openedLibrariesAreFoundByName() throws Exception {
    Path library = compiled("libkerastwin-jar.so.1", "int kerastwin;");
    CudaLibrary byName = new CudaLibrary("libkerastwin-jar.so.1", "a stand-in");
    assertFalse(byName.isFound());
    new CudaRedist(List.of(library.toUri().toURL())).open();
    assertTrue(byName.isFound());
  }

  private Path compiled(String name, String program) throws Exception {
    return CompiledLibrary.in(folder, name, program);
  }
}
