package org.kerastwin.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The GPUs that this process can use.
 *
 * @param names as TensorFlow gives them, in the order of their numbers
 * @param whyNone in a few words; empty where there are some
 * @param memoryFraction the most of their memory that may be taken; empty for no limit
 */
public record Gpus(List<String> names, Optional<String> whyNone, OptionalDouble memoryFraction) {
  /** These GPUs, of which there is at least one. */
  public static Gpus of(List<String> names, OptionalDouble memoryFraction) {
    return new Gpus(names, Optional.empty(), memoryFraction);
  }

  /** No GPUs, for a reason such as "TensorFlow found no GPU that it can use". */
  public static Gpus none(String why) {
    return new Gpus(List.of(), Optional.of(why), OptionalDouble.empty());
  }

  /** No GPUs, for want of a thing such as "libcuda.so.1 (NVIDIA driver)". */
  public static Gpus without(String thing) {
    return none("missing " + thing);
  }
}
