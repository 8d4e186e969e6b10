package org.kerastwin.model;

import java.util.Set;
import org.kerastwin.image.PixelRange;
import org.kerastwin.layers.ShapeException;
import org.tensorflow.ndarray.Shape;

/**
 * The two networks of a GAN.
 *
 * @param generator maps noise {@code [batch, noiseDim]} to images {@code [batch, height, width,
 *     channels]}
 * @param discriminator maps such images to the probability that they are real, {@code [batch, 1]},
 *     or to its logit; see {@link DiscriminatorOutput}
 */
public record Networks(Sequential generator, Sequential discriminator) {
  /** Gray or RGB. */
  private static final Set<Long> CHANNELS = Set.of(1L, 3L);

  /**
   * Checks that the networks fit each other.
   *
   * @throws UnfitNetworksException if they do not
   */
  public Networks {
    Shape noise = generator.inputShape();
    Shape images = generator.outputShape();
    require(
        noise.numDimensions() == 1, "a generator from noise of 2 dimensions", "one from", noise);
    require(areImages(images), "a generator of images of 1 or 3 channels", "one of", images);
    if (generator.pixelRange() == PixelRange.BYTE) {
      throw new UnfitNetworksException(
          "a generator of pixels from -1 to 1 or from 0 to 1", "one of pixels from 0 to 255");
    }
    require(
        images.equals(discriminator.inputShape()),
        "a discriminator of images " + ShapeException.withBatch(images),
        "one of",
        discriminator.inputShape());
    require(
        discriminator.outputShape().equals(Shape.of(1)),
        "a discriminator with the output " + ShapeException.withBatch(Shape.of(1)),
        "one with",
        discriminator.outputShape());
    DiscriminatorOutput.of(discriminator);
    requireTrained(generator);
    requireTrained(discriminator);
  }

  private static void require(boolean fits, String expected, String other, Shape received) {
    if (!fits) {
      throw new UnfitNetworksException(expected, other + " " + ShapeException.withBatch(received));
    }
  }

  private static void requireTrained(Sequential model) {
    if (model.isFrozen()) {
      throw new UnfitNetworksException(
          "a %s with layers to train".formatted(model.name()), "only frozen layers");
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

  /** What the discriminator outputs. */
  public DiscriminatorOutput discriminatorOutput() {
    return DiscriminatorOutput.of(discriminator);
  }
}
