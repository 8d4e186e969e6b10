package org.kerastwin.graph;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The GPUs that this process can use.
 *
 * @param names as TensorFlow gives them, in the order of their numbers
 * @param whyNone in a few words, where there are none
 * @param memoryFraction the most of their memory that may be taken; empty for no limit
 */
public record Gpus(List<String> names, String whyNone, OptionalDouble memoryFraction) {
  /** No GPUs, for a reason such as "missing libcuda.so.1 (NVIDIA driver)". */
  public static Gpus none(String why) {
    return new Gpus(List.of(), why, OptionalDouble.empty());
  }
}
