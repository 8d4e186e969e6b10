package org.kerastwin.graph;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The GPUs that this process can use.
 *
 * @param names as TensorFlow gives them, in the order of their numbers
 * @param missing what TensorFlow would need to look for GPUs and lacks; empty if it has looked
 * @param memoryFraction the most of their memory that may be taken; empty for no limit
 */
public record Gpus(List<String> names, Optional<String> missing, OptionalDouble memoryFraction) {
  /** No GPUs, for want of something. */
  public static Gpus without(String missing) {
    return new Gpus(List.of(), Optional.of(missing), OptionalDouble.empty());
  }

  /** In a word or two, where there are none. */
  public String whyNone() {
    return missing.map("missing "::concat).orElse("TensorFlow found no GPU that it can use");
  }
}
