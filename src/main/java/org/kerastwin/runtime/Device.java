package org.kerastwin.runtime;

import java.util.OptionalDouble;
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

  /** Whether this is the processor. */
  public boolean isCpu() {
    return type == DeviceType.CPU;
  }

  /** As TensorFlow names it where an op is placed. */
  public DeviceSpec spec() {
    return DeviceSpec.newBuilder().deviceType(type).deviceIndex(index).build();
  }

  @Override
  public String toString() {
    return (isCpu() ? "cpu" : "gpu") + ":" + index;
  }
}
