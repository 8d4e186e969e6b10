package org.kerastwin.runtime;

import java.util.OptionalDouble;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;

/**
 * The device on which a graph runs.
 *
 * @param type CPU or GPU
 * @param index number of the device among those of its type, from 0
 * @param memoryFraction the fraction of a GPU's memory that may be used, above 0 and at most 1;
 *     empty for all of it
 */
public record Device(DeviceType type, int index, OptionalDouble memoryFraction) {
  /** The CPU. */
  public static final Device CPU = new Device(DeviceType.CPU, 0, OptionalDouble.empty());

  /** Whether this is the CPU. */
  public boolean isCpu() {
    return type == DeviceType.CPU;
  }

  /** The device as TensorFlow names it for the placement of ops. */
  public DeviceSpec spec() {
    return DeviceSpec.newBuilder().deviceType(type).deviceIndex(index).build();
  }

  @Override
  public String toString() {
    return (isCpu() ? "cpu" : "gpu") + ":" + index;
  }
}
