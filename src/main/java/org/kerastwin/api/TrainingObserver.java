package org.kerastwin.api;

import java.nio.file.Path;

/** Receives the progress of a training, on the training thread. */
public interface TrainingObserver {
  /**
   * Called after each step, with the losses that {@code train_on_batch} returns in Keras.
   *
   * @param epoch the epoch, from 1
   * @param discriminatorReal loss of the discriminator on real images
   * @param discriminatorFake loss of the discriminator on generated images
   * @param generator loss of the generator
   */
  default void stepDone(
      int epoch, float discriminatorReal, float discriminatorFake, float generator) {}

  /**
   * Called after each epoch, and when the run ends within one.
   *
   * @param epoch the epoch, from 1
   * @param samples the PNG with 100 samples, already written
   */
  default void epochEnded(int epoch, Path samples) {}

  /**
   * Called with one line about the data set, such as how its images were converted, or with a
   * warning about the run.
   */
  default void warned(String line) {}

  /** Called after each step. If it returns true, the run is saved and ends. */
  default boolean shouldStop() {
    return false;
  }
}
