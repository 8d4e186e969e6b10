package org.kerastwin.weights;

import java.util.List;
import java.util.OptionalInt;

/**
 * How the initial values of a weight are chosen. Keras: {@code
 * initializers/constant_initializers.py} and {@code initializers/random_initializers.py}.
 */
public sealed interface Initializer {
  /** All 0. */
  Initializer ZEROS = new Constant(0);

  /** All 1. */
  Initializer ONES = new Constant(1);

  /**
   * Uniform in {@code [-limit, limit)} with {@code limit = sqrt(6 / (fan_in + fan_out))} (Glorot
   * and Bengio, 2010).
   */
  Initializer GLOROT_UNIFORM =
      new VarianceScaling(1, Mode.FAN_AVG, Distribution.UNIFORM, OptionalInt.empty());

  /** The distribution of the values of a weight of that shape. */
  Draw draw(List<Integer> shape);

  /** The seed; empty if it is drawn when the model is built. */
  OptionalInt seed();

  /** What the values are drawn from before they are scaled. */
  enum Distribution {
    /** All 0. */
    NONE,
    /** Uniform in [0, 1). */
    UNIFORM,
    /** The standard normal distribution. */
    NORMAL,
    /** The standard normal distribution without values below -2 and above 2. */
    TRUNCATED_NORMAL
  }

  /** Which connections of a unit count for the variance. */
  enum Mode {
    /** Its inputs. */
    FAN_IN,
    /** Its outputs. */
    FAN_OUT,
    /** The mean of both. */
    FAN_AVG
  }

  /**
   * Values {@code shift + scale * x}, in float32.
   *
   * @param distribution of x
   * @param scale a factor
   * @param shift an addend
   */
  record Draw(Distribution distribution, float scale, float shift) {}

  /**
   * The same value everywhere.
   *
   * @param value that value
   */
  record Constant(double value) implements Initializer {
    @Override
    public Draw draw(List<Integer> shape) {
      return new Draw(Distribution.NONE, 0, (float) value);
    }

    @Override
    public OptionalInt seed() {
      return OptionalInt.empty();
    }
  }

  /**
   * Keras's RandomUniform: values from {@code minimum} to less than {@code maximum}.
   *
   * @param minimum Keras's {@code minval}
   * @param maximum Keras's {@code maxval}
   * @param seed see {@link #seed}
   */
  record RandomUniform(double minimum, double maximum, OptionalInt seed) implements Initializer {
    @Override
    public Draw draw(List<Integer> shape) {
      float least = (float) minimum;
      return new Draw(Distribution.UNIFORM, (float) maximum - least, least);
    }
  }

  /**
   * Keras's RandomNormal and TruncatedNormal.
   *
   * @param truncated whether values beyond two standard deviations are drawn again
   * @param mean the mean
   * @param stddev the standard deviation, before values are left out
   * @param seed see {@link #seed}
   */
  record RandomNormal(boolean truncated, double mean, double stddev, OptionalInt seed)
      implements Initializer {
    @Override
    public Draw draw(List<Integer> shape) {
      return new Draw(
          truncated ? Distribution.TRUNCATED_NORMAL : Distribution.NORMAL,
          (float) stddev,
          (float) mean);
    }
  }

  /**
   * Values with the mean 0 and the variance {@code scale / n}, where n is a number of connections:
   * the initializers of Glorot, He and LeCun.
   *
   * @param scale positive
   * @param mode what n counts
   * @param distribution not {@link Distribution#NONE}
   * @param seed see {@link #seed}
   */
  record VarianceScaling(double scale, Mode mode, Distribution distribution, OptionalInt seed)
      implements Initializer {
    /** The standard deviation of {@link Distribution#TRUNCATED_NORMAL}. */
    private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

    @Override
    public Draw draw(List<Integer> shape) {
      double variance = scale / Math.max(1, connections(shape));
      if (distribution == Distribution.UNIFORM) {
        float limit = (float) Math.sqrt(3 * variance);
        return new Draw(distribution, 2 * limit, -limit);
      }
      double deviation = Math.sqrt(variance);
      boolean truncated = distribution == Distribution.TRUNCATED_NORMAL;
      return new Draw(
          distribution, (float) (truncated ? deviation / TRUNCATED_DEVIATION : deviation), 0);
    }

    private double connections(List<Integer> shape) {
      return switch (mode) {
        case FAN_IN -> fan(shape, 2);
        case FAN_OUT -> fan(shape, 1);
        case FAN_AVG -> (fan(shape, 2) + fan(shape, 1)) / 2;
      };
    }

    /**
     * The inputs or the outputs of a unit: the receptive field times the channels.
     *
     * @param fromLast which dimension has the channels, 1 for the last
     */
    private static double fan(List<Integer> shape, int fromLast) {
      if (shape.size() == 1) {
        return shape.get(0);
      }
      double receptiveField = 1;
      for (int size : shape.subList(0, shape.size() - 2)) {
        receptiveField *= size;
      }
      return receptiveField * shape.get(shape.size() - fromLast);
    }
  }
}
