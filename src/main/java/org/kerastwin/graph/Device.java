package org.kerastwin.graph;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;

/**
 * Where a graph runs.
 *
 * @param type CPU or GPU
 * @param index which one of that type, from 0
 * @param memoryFraction the most of a GPU's memory that may be taken, above 0 and at most 1; empty
 *     for no limit but the memory itself
 */
public record Device(DeviceType type, int index, OptionalDouble memoryFraction) {
  /** The processor. */
  public static final Device CPU = new Device(DeviceType.CPU, 0, OptionalDouble.empty());

  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /**
   * The device that a user asked for.
   *
   * @param request {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}; {@code auto} is the
   *     first GPU if there is one
   * @param gpus the GPUs that TensorFlow can use
   * @throws UsageException if the request is none of these
   * @throws EnvironmentException if the GPU that was asked for is not there
   */
  public static Device select(String request, Gpus gpus) {
    if (request.equals("cpu") || (request.equals("auto") && gpus.names().isEmpty())) {
      return CPU;
    }
    Matcher gpu = GPU.matcher(request.equals("auto") ? "gpu" : request);
    if (!gpu.matches()) {
      throw new UsageException("option", "--device", "auto, cpu, gpu or gpu:N", request);
    }
    int index = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    if (index >= gpus.names().size()) {
      throw new EnvironmentException(
          "device",
          request,
          "a CUDA device of that number",
          gpus.names().isEmpty() ? "none: " + gpus.whyNone() : "only " + gpus.names(),
          "'doctor' tells what to do; '--device cpu' runs without.");
    }
    return new Device(DeviceType.GPU, index, gpus.memoryFraction());
  }

  /** Whether this is the processor. */
  public boolean isCpu() {
    return type == DeviceType.CPU;
  }

  /** For {@code Ops.withDevice}: places ops explicitly. */
  public DeviceSpec spec() {
    return DeviceSpec.newBuilder().deviceType(type).deviceIndex(index).build();
  }

  @Override
  public String toString() {
    return (isCpu() ? "cpu" : "gpu") + ":" + index;
  }
}
