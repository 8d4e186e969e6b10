package org.kerastwin.keras;

import java.util.Map;

/**
 * The arguments of Keras's Adam that this program supports; others have their defaults. Keras
 * 3.15.1: {@code optimizers/adam.py}.
 *
 * @param learningRate at least 0; a schedule may end at 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the square root of the second moment, at least 0
 */
public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon) {
  /** Keras's default; training here uses no other value. */
  public static final double BETA_2 = 0.999;

  /** Keras's default; training here uses no other value. */
  public static final double EPSILON = 1e-7;

  /** An argument that a training lets its user choose. */
  public enum Argument {
    /** The learning rate, above 0. */
    LEARNING_RATE("learning rate"),
    /** The decay of the first moment. */
    BETA_1("beta_1");

    private final String label;

    Argument(String label) {
      this.label = label;
    }

    /** Its name in messages. */
    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the argument that is out of range
   */
  public AdamSettings {
    require("learning_rate", learningRate, learningRate >= 0 && Double.isFinite(learningRate));
    require("beta_1", beta1, beta1 >= 0 && beta1 < 1);
    require("beta_2", beta2, beta2 >= 0 && beta2 < 1);
    require("epsilon", epsilon, epsilon >= 0 && Double.isFinite(epsilon));
  }

  /** Uses Keras's defaults for the others. */
  public AdamSettings(double learningRate, double beta1) {
    this(learningRate, beta1, BETA_2, EPSILON);
  }

  /** The value of an argument. */
  public double get(Argument argument) {
    return switch (argument) {
      case LEARNING_RATE -> learningRate;
      case BETA_1 -> beta1;
    };
  }

  /** The same settings, but for these arguments. */
  public AdamSettings with(Map<Argument, Double> changed) {
    return new AdamSettings(
        changed.getOrDefault(Argument.LEARNING_RATE, learningRate),
        changed.getOrDefault(Argument.BETA_1, beta1),
        beta2,
        epsilon);
  }

  private static void require(String argument, double value, boolean isRight) {
    if (!isRight) {
      throw new IllegalArgumentException(argument + " " + value);
    }
  }
}
