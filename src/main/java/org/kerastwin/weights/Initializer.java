package org.kerastwin.weights;

/** The initial values of a weight. Keras: {@code initializers/random_initializers.py}. */
public enum Initializer {
  /** All 0. */
  ZEROS,
  /** All 1. */
  ONES,
  /**
   * Uniform in {@code [-limit, limit)} with {@code limit = sqrt(6 / (fan_in + fan_out))} (Glorot
   * and Bengio, 2010).
   */
  GLOROT_UNIFORM
}
