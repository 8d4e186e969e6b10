package org.kerastwin.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.tensorflow.proto.ConfigProto;

/** Tests requests for a device. */
class DeviceRequestTest {
  private static final Gpus NONE = Gpus.without("libcuda.so.1 (NVIDIA driver)");
  private static final OptionalDouble HALF = OptionalDouble.of(0.5);
  private static final Gpus TWO = Gpus.of(List.of("/device:GPU:0", "/device:GPU:1"), HALF);

  private static Device select(String request, Gpus gpus) {
    return DeviceRequest.of(request).orElseThrow().among(gpus);
  }

  @ParameterizedTest
  @CsvSource({"auto,gpu:0", "cpu,cpu:0", "gpu,gpu:0", "gpu:0,gpu:0", "gpu:1,gpu:1"})
  void findsGpus(String request, String device) {
    assertEquals(device, select(request, TWO).toString());
  }

  @Test
  void autoUsesTheCpuWithoutAGpu() {
    assertEquals(Device.CPU, select("auto", NONE));
    assertTrue(Device.CPU.isCpu());
    assertFalse(select("auto", TWO).isCpu());
  }

  @ParameterizedTest
  @CsvSource({"gpu,''", "gpu:0,' with that number'", "gpu:7,' with that number'"})
  void gpuFailsWithoutCuda(String request, String number) {
    assertEquals(
        "device '"
            + request
            + "': expected a CUDA device"
            + number
            + ", received none: missing libcuda.so.1 (NVIDIA driver).",
        assertThrows(EnvironmentException.class, () -> select(request, NONE)).getMessage());
  }

  @Test
  void rejectsMissingGpusAndNamesOthers() {
    String message =
        assertThrows(EnvironmentException.class, () -> select("gpu:2", TWO)).getMessage();
    assertTrue(message.contains("received only [/device:GPU:0, /device:GPU:1]"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GPU", "gpu:", "gpu:-1", "gpu:x", "gpu:1234", "cpu:0", "tpu", " cpu"})
  void rejectsOtherNames(String request) {
    assertEquals(Optional.empty(), DeviceRequest.of(request));
  }

  /** TensorFlow's names of these options are those of its protocol message. */
  @Test
  void allocatesGpuMemoryAsNeeded() {
    Device device = select("gpu:1", TWO);
    assertEquals(HALF, device.memoryFraction());
    ConfigProto config = SessionOptions.exact(device).toConfigProto();
    assertTrue(config.getGpuOptions().getAllowGrowth());
    assertEquals(0.5, config.getGpuOptions().getPerProcessGpuMemoryFraction());
    assertFalse(config.containsDeviceCount("GPU"));
  }

  @Test
  void cpuSessionsTouchNoGpu() {
    ConfigProto config = SessionOptions.exact(Device.CPU).toConfigProto();
    assertEquals(0, config.getDeviceCountOrThrow("GPU"));
    assertEquals(0, config.getGpuOptions().getPerProcessGpuMemoryFraction());
  }
}
