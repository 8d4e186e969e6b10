package org.kerastwin.kerasmodel;

import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/**
 * Networks whose gray images have no axis of channels, {@code [height, width]}, or are vectors of
 * the pixels of a square, as those of many GANs of Dense layers. A Reshape makes them the same
 * networks for {@code [height, width, 1]}.
 */
final class GrayImages {
  private GrayImages() {}

  /** The generator of images, if a model's output is one without channels. */
  static Optional<Sequential> generator(Sequential model) {
    return images(model.outputShape())
        .map(
            images ->
                model(model, model.inputShape(), layers(model), Stream.of(new Reshape(images))));
  }

  /** The discriminator of images, if a model's input is one without channels. */
  static Optional<Sequential> discriminator(Sequential model) {
    return images(model.inputShape())
        .map(
            images ->
                model(model, images, Stream.of(new Reshape(model.inputShape())), layers(model)));
  }

  private static Sequential model(
      Sequential named, Shape input, Stream<? extends Layer> first, Stream<? extends Layer> last) {
    Layer[] layers = Stream.concat(first, last).toArray(Layer[]::new);
    return new Sequential(named.name(), input, layers);
  }

  private static Stream<Layer> layers(Sequential model) {
    return model.nodes().stream().map(Sequential.Node::layer);
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
