package org.kerastwin.weights;

import java.util.Arrays;
import java.util.List;
import org.kerastwin.io.DType;

/**
 * A float32 weight of a layer, before it has values.
 *
 * @param name its name within the layer, Keras's: {@code kernel}, {@code bias}, {@code gamma}, …
 * @param shape the sizes of its dimensions
 * @param trainable whether an optimizer changes it
 * @param initializer its initial values
 */
public record WeightSpec(
    String name, List<Integer> shape, boolean trainable, Initializer initializer) {
  /** Keeps a copy. */
  public WeightSpec {
    shape = List.copyOf(shape);
  }

  /** A weight that an optimizer changes. */
  public static WeightSpec trainable(String name, Initializer initializer, long... shape) {
    return new WeightSpec(name, sizes(shape), true, initializer);
  }

  /** A weight that changes with the batches seen. */
  public static WeightSpec state(String name, Initializer initializer, long... shape) {
    return new WeightSpec(name, sizes(shape), false, initializer);
  }

  private static List<Integer> sizes(long... shape) {
    return Arrays.stream(shape).mapToObj(Math::toIntExact).toList();
  }

  /** The type and shape of its values. */
  public TensorType type() {
    return new TensorType(DType.FLOAT32, shape);
  }

  /** The number of its values. */
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
