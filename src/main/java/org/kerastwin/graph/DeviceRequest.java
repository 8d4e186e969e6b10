package org.kerastwin.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.tensorflow.DeviceSpec.DeviceType;

/**
 * The device that a user asks for: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
 *
 * @param text the user's words
 * @param takesCpu whether the processor will do
 * @param takesGpu whether a GPU will do; it is preferred
 * @param index which GPU, from 0
 */
public record DeviceRequest(String text, boolean takesCpu, boolean takesGpu, int index) {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /** The request of these words, if they are one. */
  public static Optional<DeviceRequest> of(String text) {
    if (text.equals("auto") || text.equals("cpu")) {
      return Optional.of(new DeviceRequest(text, true, text.equals("auto"), 0));
    }
    Matcher gpu = GPU.matcher(text);
    if (!gpu.matches()) {
      return Optional.empty();
    }
    int index = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    return Optional.of(new DeviceRequest(text, false, true, index));
  }

  /**
   * The device that meets it.
   *
   * @param gpus the GPUs that TensorFlow can use
   * @throws EnvironmentException if the GPU that was asked for is not there
   */
  public Device among(Gpus gpus) {
    if (takesGpu && index < gpus.names().size()) {
      return new Device(DeviceType.GPU, index, gpus.memoryFraction());
    }
    if (takesCpu) {
      return Device.CPU;
    }
    throw new EnvironmentException(
        "device",
        text,
        text.contains(":") ? "a CUDA device of that number" : "a CUDA device",
        gpus.names().isEmpty() ? "none: " + gpus.whyNone() : "only " + gpus.names(),
        "'doctor' tells what to do; '--device cpu' runs without.");
  }
}
