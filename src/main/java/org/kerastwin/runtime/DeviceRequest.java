package org.kerastwin.runtime;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.tensorflow.DeviceSpec.DeviceType;

/** The device that a user asks for: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}. */
public final class DeviceRequest {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  private final String text;
  private final boolean takesCpu;
  private final boolean takesGpu;
  private final OptionalInt index;

  private DeviceRequest(String text, boolean takesCpu, boolean takesGpu, OptionalInt index) {
    this.text = text;
    this.takesCpu = takesCpu;
    this.takesGpu = takesGpu;
    this.index = index;
  }

  /** Parses a request; empty if it is none of these. */
  public static Optional<DeviceRequest> of(String text) {
    if (text.equals("auto") || text.equals("cpu")) {
      return Optional.of(new DeviceRequest(text, true, text.equals("auto"), OptionalInt.empty()));
    }
    Matcher gpu = GPU.matcher(text);
    if (!gpu.matches()) {
      return Optional.empty();
    }
    OptionalInt index =
        gpu.group(1) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(gpu.group(1)));
    return Optional.of(new DeviceRequest(text, false, true, index));
  }

  /** Whether the CPU may be used. */
  public boolean takesCpu() {
    return takesCpu;
  }

  /** Whether a GPU may be used; it is preferred. */
  public boolean takesGpu() {
    return takesGpu;
  }

  /**
   * Chooses a device: the first GPU if no number is given.
   *
   * @param gpus the GPUs that TensorFlow can use
   * @throws EnvironmentException if the requested GPU does not exist
   */
  public Device among(Gpus gpus) {
    if (takesGpu && index.orElse(0) < gpus.names().size()) {
      return new Device(DeviceType.GPU, index.orElse(0), gpus.memoryFraction());
    }
    if (takesCpu) {
      return Device.CPU;
    }
    throw new EnvironmentException(
        Problem.with("device", text)
            .expected(index.isPresent() ? "a CUDA device with that number" : "a CUDA device")
            .received(
                gpus.reasonForNone().map("none: "::concat).orElseGet(() -> "only " + gpus.names()))
            .remedy(Remedy.CHECK_DEVICES));
  }
}
