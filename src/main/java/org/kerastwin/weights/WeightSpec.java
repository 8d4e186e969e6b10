package org.kerastwin.weights;

import java.util.Arrays;
import java.util.List;
import org.kerastwin.io.DType;

/**
 * The description of a layer's weight, without its values.
 *
 * @param name its name within the layer, as in Keras: {@code kernel}, {@code bias}, {@code gamma},
 *     …
 * @param type the type of its elements and its shape
 * @param trainable whether an optimizer changes it
 * @param initializer its initial values
 */
public record WeightSpec(String name, TensorType type, boolean trainable, Initializer initializer) {

  /** A weight that an optimizer changes. */
  public static WeightSpec trainable(String name, Initializer initializer, long... shape) {
    return new WeightSpec(name, floats(shape), true, initializer);
  }

  /** A weight that training changes without an optimizer, such as a moving mean. */
  public static WeightSpec state(String name, Initializer initializer, long... shape) {
    return new WeightSpec(name, floats(shape), false, initializer);
  }

  /** The same weight, which no optimizer changes. */
  public WeightSpec frozen() {
    return new WeightSpec(name, type, false, initializer);
  }

  /** The same weight with other initial values. */
  public WeightSpec with(Initializer other) {
    return new WeightSpec(name, type, trainable, other);
  }

  private static TensorType floats(long... shape) {
    return new TensorType(DType.FLOAT32, Arrays.stream(shape).mapToObj(Math::toIntExact).toList());
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
