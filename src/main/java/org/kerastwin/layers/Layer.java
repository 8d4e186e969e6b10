package org.kerastwin.layers;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer of a model, as data. Shapes here are those of one sample, without the batch: {@code
 * [height, width, channels]} or {@code [units]}. Not sealed: tests wrap layers to plant faults.
 */
public interface Layer {

  /**
   * The shape of the output for a shape of the input.
   *
   * @throws ShapeException if the layer can't take that input
   */
  Shape outputShape(Shape input);

  /** The weights that this layer needs for that input, in Keras's order of creation. */
  default List<WeightSpec> weights(Shape input) {
    return List.of();
  }

  /** Whether the layer draws random numbers in training and needs a seed. */
  default boolean isRandom() {
    return false;
  }

  /** The seed of a random layer; empty if it is drawn when the model is built. */
  default OptionalInt seed() {
    return OptionalInt.empty();
  }

  /**
   * Adds the layer's computation to a graph. May be called any number of times.
   *
   * @param pass how it is applied
   * @param weights the layer's weights by name
   * @param x the input, {@code [batch, …]}
   */
  LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x);

  /** The name of Keras's class, such as "Conv2D". */
  default String className() {
    return getClass().getSimpleName();
  }

  /**
   * The name that Keras gives a layer of this class, such as "conv2d" (its {@code to_snake_case}).
   */
  default String defaultName() {
    return snakeCase(className());
  }

  /** A class name in snake case, as Keras writes it: "conv2d" for "Conv2D". */
  static String snakeCase(String className) {
    return className
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
