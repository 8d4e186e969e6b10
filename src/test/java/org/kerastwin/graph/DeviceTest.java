package org.kerastwin.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;

class DeviceTest {
  private static final List<String> NONE = List.of();
  private static final List<String> TWO = List.of("/device:GPU:0", "/device:GPU:1");

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
            + "': expected a CUDA device of that number, received no CUDA device that TensorFlow can"
            + " use. 'doctor' tells what is missing; '--device cpu' runs without.",
        assertThrows(EnvironmentException.class, () -> Device.select(request, NONE)).getMessage());
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
