package org.kerastwin.keras;

/**
 * The arguments of Keras's Adam that this program has; its others are at their defaults. Keras
 * 3.15.1: {@code optimizers/adam.py}.
 *
 * @param learningRate positive
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 */
public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon) {
  /** With Keras's defaults: beta_2 0.999, epsilon 1e-7. */
  public AdamSettings(double learningRate, double beta1) {
    this(learningRate, beta1, 0.999, 1e-7);
  }
}
