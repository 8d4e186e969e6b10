package org.kerastwin.layers;

import org.tensorflow.ndarray.Shape;

/**
 * What a weight of a layer is like before it exists.
 *
 * @param name its name within the layer, Keras's: {@code kernel}, {@code bias}, {@code gamma}, …
 * @param shape its shape
 * @param trainable whether an optimizer changes it
 * @param initializer its initial values
 */
public record WeightSpec(String name, Shape shape, boolean trainable, Initializer initializer) {
  static WeightSpec trainable(String name, Shape shape, Initializer initializer) {
    return new WeightSpec(name, shape, true, initializer);
  }

  static WeightSpec state(String name, Shape shape, Initializer initializer) {
    return new WeightSpec(name, shape, false, initializer);
  }
}
