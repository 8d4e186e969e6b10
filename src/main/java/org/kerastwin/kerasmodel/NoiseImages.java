package org.kerastwin.kerasmodel;

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
    return AddedReshape.ofInput(model, Shape.of(model.inputShape().size()));
  }
}
