package org.kerastwin.graph;

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
import org.kerastwin.UsageException;
import org.tensorflow.proto.ConfigProto;

class DeviceTest {
  private static final Gpus NONE = Gpus.without("libcuda.so.1 (NVIDIA driver)");
  private static final OptionalDouble HALF = OptionalDouble.of(0.5);
  private static final Gpus TWO =
      new Gpus(List.of("/device:GPU:0", "/device:GPU:1"), Optional.empty(), HALF);

  @ParameterizedTest
  @CsvSource({"auto,gpu:0", "cpu,cpu:0", "gpu,gpu:0", "gpu:0,gpu:0", "gpu:1,gpu:1"})
  void requestsAreMetWhereThereAreGpus(String request, String device) {
    assertEquals(device, Device.select(request, TWO).toString());
  }

  @Test
  void autoIsTheProcessorWhereThereIsNoGpu() {
    assertEquals(Device.CPU, Device.select("auto", NONE));
    assertTrue(Device.CPU.isCpu());
    assertFalse(Device.select("auto", TWO).isCpu());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "gpu:0", "gpu:7"})
  void aGpuWithoutCudaIsTheEnvironmentsFault(String request) {
    assertEquals(
        "device '"
            + request
            + "': expected a CUDA device of that number, received none: missing libcuda.so.1 (NVIDIA"
            + " driver). 'doctor' tells what to do; '--device cpu' runs without.",
        assertThrows(EnvironmentException.class, () -> Device.select(request, NONE)).getMessage());
  }

  @Test
  void whereNothingIsMissingTensorFlowFoundNone() {
    Gpus found = new Gpus(List.of(), Optional.empty(), OptionalDouble.empty());
    String message =
        assertThrows(EnvironmentException.class, () -> Device.select("gpu", found)).getMessage();
    assertTrue(
        message.contains("received none: TensorFlow found no GPU that it can use."), message);
  }

  /** TensorFlow's names of these options are those of its protocol message. */
  @Test
  void aGpusMemoryIsTakenAsNeededUpToTheLimit() {
    Device device = Device.select("gpu:1", TWO);
    assertEquals(HALF, device.memoryFraction());
    ConfigProto config = new SessionOptions(device).toConfigProto();
    assertTrue(config.getGpuOptions().getAllowGrowth());
    assertEquals(0.5, config.getGpuOptions().getPerProcessGpuMemoryFraction());
    assertFalse(config.containsDeviceCount("GPU"));
  }

  @Test
  void aSessionOnTheProcessorTouchesNoGpu() {
    ConfigProto config = new SessionOptions(Device.CPU).toConfigProto();
    assertEquals(0, config.getDeviceCountOrThrow("GPU"));
    assertEquals(0, config.getGpuOptions().getPerProcessGpuMemoryFraction());
  }

  @Test
  void aGpuBeyondThoseThereIsRefusedWithTheirNames() {
    String message =
        assertThrows(EnvironmentException.class, () -> Device.select("gpu:2", TWO)).getMessage();
    assertTrue(message.contains("received only [/device:GPU:0, /device:GPU:1]"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GPU", "gpu:", "gpu:-1", "gpu:x", "gpu:1234", "cpu:0", "tpu", " cpu"})
  void nonsenseIsAnErrorOfUsage(String request) {
    String message =
        assertThrows(UsageException.class, () -> Device.select(request, TWO)).getMessage();
    assertEquals(
        "option '--device': expected auto, cpu, gpu or gpu:N, received " + request + ".", message);
  }
}
