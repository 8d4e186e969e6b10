package org.kerastwin.model;

import java.util.List;
import java.util.Set;
import org.kerastwin.layers.Activated;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.GlobalAveragePooling2D;
import org.kerastwin.layers.GlobalMaxPooling2D;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.ShapeException;
import org.tensorflow.ndarray.Shape;

/**
 * The two networks of a GAN.
 *
 * @param generator maps noise {@code [batch, noiseDim]} to images {@code [batch, height, width,
 *     channels]}
 * @param discriminator maps such images to the probability that they are real, {@code [batch, 1]},
 *     or to its logit if the last layer has no activation function
 */
public record Networks(Sequential generator, Sequential discriminator) {
  /** Gray or RGB. */
  private static final Set<Long> CHANNELS = Set.of(1L, 3L);

  /**
   * Checks that the networks fit each other.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if the discriminator gives neither a probability nor a logit
   */
  public Networks {
    requireShape("discriminator", generator.outputShape(), discriminator.inputShape());
    requireShape("discriminator's output", Shape.of(1), discriminator.outputShape());
    if (generator.inputShape().numDimensions() != 1) {
      throw new ShapeException("noise of 2 dimensions (batch, units)", generator.inputShape());
    }
    Shape images = generator.outputShape();
    if (!areImages(images)) {
      throw new ShapeException("images of 1 or 3 channels from the generator", images);
    }
    Function last = lastFunction(discriminator);
    if (last != Function.SIGMOID && last != Function.LINEAR) {
      throw new IllegalArgumentException(
          "expected a discriminator that ends in a sigmoid or without an activation, received "
              + last.kerasName());
    }
  }

  private static void requireShape(String what, Shape expected, Shape received) {
    if (!expected.equals(received)) {
      throw new ShapeException(ShapeException.withBatch(expected), received).in(what);
    }
  }

  /** Whether an output is a gray or an RGB image. */
  public static boolean areImages(Shape output) {
    return output.numDimensions() == 3 && CHANNELS.contains(output.get(2));
  }

  /** The networks of the notebook. */
  public static Networks notebook(Variant variant, int noiseDim) {
    return new Networks(Dcgan.generator(variant, noiseDim), Dcgan.discriminator());
  }

  /** Height, width and channels of the images. */
  public long[] imageShape() {
    return generator.outputShape().asArray();
  }

  /** The size of the noise. */
  public int noiseDim() {
    return Math.toIntExact(generator.inputShape().get(0));
  }

  /** Whether the discriminator gives logits. */
  public boolean givesLogits() {
    return lastFunction(discriminator) == Function.LINEAR;
  }

  private static Function lastFunction(Sequential model) {
    List<Layer> layers = model.nodes().stream().map(Sequential.Node::layer).toList();
    Layer last = layers.get(layers.size() - 1);
    int at = layers.size() - 1;
    while (at > 0 && keepsLogits(layers.get(at))) {
      at--;
    }
    if (layers.get(at) instanceof Activated activated
        // With a layer behind a sigmoid, Keras computes the loss from clipped probabilities.
        && (activated == last || activated.activation() == Function.LINEAR)) {
      return activated.activation();
    }
    throw new IllegalArgumentException(
        "expected a discriminator that ends in Dense or Activation, received " + last.className());
  }

  /** Whether the output is still a logit behind the layer, as in fully convolutional networks. */
  private static boolean keepsLogits(Layer layer) {
    return layer instanceof Flatten
        || layer instanceof Reshape
        || layer instanceof GlobalAveragePooling2D
        || layer instanceof GlobalMaxPooling2D;
  }
}
