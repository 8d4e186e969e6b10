package org.kerastwin.training;

/**
 * The three losses of a step, as {@code train_on_batch} returns them in Keras.
 *
 * @param discriminatorReal loss of the discriminator on real images
 * @param discriminatorFake loss of the discriminator on generated images
 * @param generator loss of the generator, computed through the discriminator
 */
public record Losses(float discriminatorReal, float discriminatorFake, float generator) {
  /** All three, in the order of the components. */
  public float[] values() {
    return new float[] {discriminatorReal, discriminatorFake, generator};
  }

  /** Whether all are finite numbers. */
  public boolean areFinite() {
    return Float.isFinite(discriminatorReal)
        && Float.isFinite(discriminatorFake)
        && Float.isFinite(generator);
  }
}
