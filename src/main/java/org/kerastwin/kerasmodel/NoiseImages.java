package org.kerastwin.kerasmodel;

import java.util.stream.Stream;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/**
 * Generators that take noise as an image of one pixel, {@code [1, 1, noise dim]}, as they are
 * common in PyTorch. An added Reshape makes them generators from vectors.
 */
final class NoiseImages {
  private NoiseImages() {}

  /** Whether an input is noise of such a shape. */
  static boolean areNoise(Shape input) {
    int last = input.numDimensions() - 1;
    return last > 0 && input.get(last) > 1 && input.size() == input.get(last);
  }

  /** The same generator from vectors of noise. */
  static Sequential generator(Sequential model) {
    Shape noise = model.inputShape();
    Stream<Layer> layers = model.nodes().stream().map(Sequential.Node::layer);
    return new Sequential(
        model.name(),
        Shape.of(noise.size()),
        Stream.concat(Stream.of(new Reshape(noise)), layers).toArray(Layer[]::new));
  }
}
