package org.kerastwin.weights;

import java.util.Arrays;
import java.util.List;
import org.kerastwin.io.DType;

/**
 * A weight of a layer, before it has values.
 *
 * @param name its name within the layer, Keras's: {@code kernel}, {@code bias}, {@code gamma}, …
 * @param type the type of its elements and its shape
 * @param trainable whether an optimizer changes it
 * @param initializer its initial values
 */
public record WeightSpec(String name, TensorType type, boolean trainable, Initializer initializer) {

  /** A weight that an optimizer changes. */
  public static WeightSpec trainable(String name, Initializer initializer, long... shape) {
    return new WeightSpec(name, floats(shape), true, initializer);
  }

  /** A weight that changes with the batches seen. */
  public static WeightSpec state(String name, Initializer initializer, long... shape) {
    return new WeightSpec(name, floats(shape), false, initializer);
  }

  /** The seed of a random layer and its number of draws, which Keras does not count as weights. */
  public static WeightSpec seed(String name) {
    return new WeightSpec(name, new TensorType(DType.INT64, List.of(2)), false, Initializer.SEED);
  }

  private static TensorType floats(long... shape) {
    return new TensorType(DType.FLOAT32, Arrays.stream(shape).mapToObj(Math::toIntExact).toList());
  }

  /** Whether this is the seed of a random layer. */
  public boolean isSeed() {
    return initializer == Initializer.SEED;
  }

  /** The sizes of its dimensions. */
  public List<Integer> shape() {
    return type.shape();
  }

  /** The number of its values. */
  public long size() {
    return shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
