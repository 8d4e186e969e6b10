package org.kerastwin.training;

/** The three updates of a GAN step, in order. */
public enum GanUpdate {
  /** Updates the discriminator on real images. */
  REAL,
  /** Updates the discriminator on images that the generator makes in inference mode. */
  FAKE,
  /** Updates the generator through the discriminator. */
  GENERATOR
}
