package org.kerastwin.model;

import static org.kerastwin.layers.Activation.Function.SIGMOID;
import static org.kerastwin.layers.Activation.Function.TANH;

import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;
import org.tensorflow.ndarray.Shape;

/** The notebook's models: a DCGAN (Radford, Metz and Chintala, 2015) for 28×28 gray images. */
public final class Dcgan {
  /** The first part of the paths of the generator's weights. */
  public static final String GENERATOR = "generator";

  /** The first part of the paths of the discriminator's weights. */
  public static final String DISCRIMINATOR = "discriminator";

  /** Height and width of the images in pixels. */
  public static final int IMAGE_SIZE = 28;

  private static final double SLOPE = 0.2;

  private Dcgan() {}

  /**
   * A generator that maps noise {@code [batch, noiseDim]} to images {@code [batch, 28, 28, 1]} in
   * (-1, 1); {@code [batch, 7, 7, 1]} for {@link Variant#TRANSPOSED_LITERAL}.
   */
  public static Sequential generator(Variant variant, int noiseDim) {
    Shape noise = Shape.of(noiseDim);
    Dense dense = new Dense(7 * 7 * 128);
    Reshape reshape = new Reshape(Shape.of(7, 7, 128));
    LeakyReLU leaky = new LeakyReLU(SLOPE);
    BatchNormalization norm = new BatchNormalization();
    if (variant == Variant.UPSAMPLING) {
      return new Sequential(
          GENERATOR,
          noise,
          dense,
          reshape,
          leaky,
          norm,
          new UpSampling2D(),
          new Conv2D(64, 5, 1),
          leaky,
          norm,
          new UpSampling2D(),
          new Conv2D(1, 5, 1, TANH));
    }
    int strides = variant == Variant.TRANSPOSED ? 2 : 1;
    return new Sequential(
        GENERATOR,
        noise,
        dense,
        reshape,
        leaky,
        norm,
        new Conv2DTranspose(64, 5, strides),
        leaky,
        norm,
        new Conv2DTranspose(1, 5, strides, TANH));
  }

  /** Maps images {@code [batch, 28, 28, 1]} to probabilities of being real, {@code [batch, 1]}. */
  public static Sequential discriminator() {
    return new Sequential(
        DISCRIMINATOR,
        Shape.of(IMAGE_SIZE, IMAGE_SIZE, 1),
        new Conv2D(64, 5, 2),
        new LeakyReLU(SLOPE),
        new Conv2D(128, 5, 2),
        new LeakyReLU(SLOPE),
        new Flatten(),
        new Dense(1, SIGMOID));
  }
}
