package org.kerastwin.layers;

import org.tensorflow.ndarray.Shape;

/** An input whose shape a layer does not accept. */
public final class ShapeException extends IllegalArgumentException {
  /**
   * Describes the requirement and the input.
   *
   * @param expected the requirement, such as "4 dimensions"
   * @param input the input's shape without the batch
   */
  public ShapeException(String expected, Shape input) {
    super("expected %s, received %s".formatted(expected, withBatch(input)));
  }

  private ShapeException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, with the name of the layer in front. */
  public ShapeException in(String layer) {
    return new ShapeException(layer + ": " + getMessage(), this);
  }

  /** A sample's shape with its batch, as Keras prints it: {@code (None, 28, 28, 1)}. */
  public static String withBatch(Shape sample) {
    StringBuilder text = new StringBuilder("(None");
    for (long dimension : sample.asArray()) {
      text.append(", ").append(dimension);
    }
    return text.append(")").toString();
  }

  static void requireImage(Shape input) {
    if (input.numDimensions() != 3) {
      throw new ShapeException("4 dimensions (batch, height, width, channels)", input);
    }
  }

  static void requireImageOrVector(Shape input) {
    if (input.numDimensions() != 3 && input.numDimensions() != 1) {
      throw new ShapeException("4 or 2 dimensions", input);
    }
  }
}
