package org.kerastwin.training;

/** The three updates of a GAN's step, in order. */
public enum GanUpdate {
  /** The discriminator's, on real images. */
  REAL,
  /** The discriminator's, on images that the generator makes by inference. */
  FAKE,
  /** The generator's, through the discriminator. */
  GENERATOR
}
