package org.kerastwin.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The GPUs that this process can use, or why there are none.
 *
 * @param names TensorFlow's names, in the order of their numbers
 * @param reasonForNone the reason why there are none, in a few words; empty if there are some
 * @param memoryFraction the fraction of their memory that may be used; empty for all of it
 */
public record Gpus(
    List<String> names, Optional<String> reasonForNone, OptionalDouble memoryFraction) {
  /** At least one GPU. */
  public static Gpus of(List<String> names, OptionalDouble memoryFraction) {
    return new Gpus(names, Optional.empty(), memoryFraction);
  }

  /** No GPUs, for a reason such as "TensorFlow found no GPU that it can use". */
  public static Gpus none(String why) {
    return new Gpus(List.of(), Optional.of(why), OptionalDouble.empty());
  }

  /** No GPUs because something is missing, such as "libcuda.so.1 (NVIDIA driver)". */
  public static Gpus without(String thing) {
    return none("missing " + thing);
  }
}
