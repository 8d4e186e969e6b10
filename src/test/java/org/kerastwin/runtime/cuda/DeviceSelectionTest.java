package org.kerastwin.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.DeviceRequest;
import org.kerastwin.runtime.GpuArithmetic;
import org.kerastwin.runtime.Gpus;

/** Tests the choice of the device and its notice if TensorFlow supports GPUs. */
@EnabledOnOs(OS.LINUX)
class DeviceSelectionTest {
  private static final CudaLibrary THERE = new CudaLibrary("libm.so.6", "NVIDIA driver");
  private static final CudaLibrary NOWHERE = new CudaLibrary("libkerastwin-no.so.9", "cuDNN 9");

  private static DeviceSelection select(String request, Cuda cuda, Supplier<Gpus> search) {
    return DeviceSelection.of(DeviceRequest.of(request).orElseThrow(), cuda, search, false);
  }

  private static Cuda cuda(CudaLibrary... libraries) {
    return new Cuda(true, List.of(libraries), new CudaVersion(9, 3), new CudaRedist(List.of()));
  }

  private static Gpus one() {
    return Gpus.of(List.of("/device:GPU:0"), OptionalDouble.empty());
  }

  private static Gpus busy() {
    return Gpus.none("TensorFlow can't initialize the GPUs: device is busy");
  }

  @Test
  void autoUsesTheCpuWithoutALibrary() {
    DeviceSelection auto = select("auto", cuda(THERE, NOWHERE), DeviceSelectionTest::one);
    assertEquals(Device.CPU, auto.device());
    assertEquals(
        Optional.of(
            "No GPU, missing libkerastwin-no.so.9 (cuDNN 9): running on the CPU. 'doctor' shows"
                + " what to do."),
        auto.notice());
  }

  @Test
  void autoUsesTheCpuWhenNoGpuInitializes() {
    DeviceSelection auto = select("auto", cuda(THERE), DeviceSelectionTest::busy);
    assertEquals(Device.CPU, auto.device());
    assertEquals(
        Optional.of(
            "No GPU, TensorFlow can't initialize the GPUs: device is busy: running on the CPU. 'doctor'"
                + " shows what to do."),
        auto.notice());
  }

  @Test
  void gpuFailsWhenNoGpuInitializes() {
    String message =
        assertThrows(
                EnvironmentException.class,
                () -> select("gpu", cuda(THERE), DeviceSelectionTest::busy))
            .getMessage();
    assertEquals(
        "device 'gpu': expected a CUDA device, received none: TensorFlow can't initialize the GPUs:"
            + " device is busy.",
        message);
  }

  /** For example if the disk is too full to unpack them. */
  @Test
  void damagedCudaJarsFailOnlyExplicitGpus(@TempDir Path folder) throws IOException {
    Path none = Files.writeString(folder.resolve("libcudart.so.12"), "no library");
    CudaRedist broken = new CudaRedist(List.of(none.toUri().toURL()));
    Cuda cuda = new Cuda(true, List.of(THERE), new CudaVersion(9, 3), broken);
    DeviceSelection auto = select("auto", cuda, DeviceSelectionTest::one);
    assertEquals(Device.CPU, auto.device());
    String notice = auto.notice().orElseThrow();
    assertTrue(
        notice.startsWith("No GPU, running on the CPU: CUDA library 'libcudart.so.12': expected"),
        notice);
    assertThrows(EnvironmentException.class, () -> select("gpu", cuda, DeviceSelectionTest::one));
  }

  @ParameterizedTest
  @CsvSource({
    "0, Results on the GPU equal Keras's up to rounding: TF32 off (",
    "1, Results on the GPU equal Keras's only up to the rounding of TF32: TF32 on ("
  })
  void claimsExactGpusOnlyWithoutTf32(String tf32, String words) {
    String notice = DeviceSelection.notice(new GpuArithmetic(Optional.of(tf32), Optional.of("1")));
    assertTrue(notice.startsWith(words), notice);
  }

  @Test
  void fastRunsDoNotMentionReproducibility() {
    DeviceSelection auto = select("auto", cuda(THERE), DeviceSelectionTest::one);
    assertEquals("gpu:0", auto.device().toString());
    assertEquals(Optional.empty(), auto.notice());
  }

  /** As on Windows, where TensorFlow itself has to look for its libraries. */
  @Test
  void asksTensorFlowWithoutALibraryList() {
    assertEquals("gpu:0", select("auto", cuda(), DeviceSelectionTest::one).device().toString());
  }
}
