package org.kerastwin.kerasmodel;

import java.util.Optional;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/**
 * Adapts networks for gray images without a channel axis, {@code [height, width]}, or for vectors
 * of the pixels of a square, as in many GANs of Dense layers. An added Reshape makes them networks
 * for {@code [height, width, 1]}.
 */
final class GrayImages {
  private GrayImages() {}

  /**
   * A generator of images with channels; empty if the model's output is not an image without them.
   */
  static Optional<Sequential> generator(Sequential model) {
    return images(model.outputShape()).map(images -> AddedReshape.ofOutput(model, images));
  }

  /**
   * A discriminator of images with channels; empty if the model's input is not one without them.
   */
  static Optional<Sequential> discriminator(Sequential model) {
    return images(model.inputShape()).map(images -> AddedReshape.ofInput(model, images));
  }

  private static Optional<Shape> images(Shape shape) {
    if (shape.numDimensions() == 2) {
      return Optional.of(shape.append(1));
    }
    long side = Math.round(Math.sqrt((double) shape.size()));
    return shape.numDimensions() == 1 && side > 1 && side * side == shape.size()
        ? Optional.of(Shape.of(side, side, 1))
        : Optional.empty();
  }
}
