package org.kerastwin.layers;

import java.util.function.IntSupplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Initial values of a weight. Keras: {@code initializers/random_initializers.py}. */
public enum Initializer {
  /** All 0. */
  ZEROS {
    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, IntSupplier seeds) {
      return tf.fill(tf.constant(shape), tf.constant(0f));
    }
  },
  /** All 1. */
  ONES {
    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, IntSupplier seeds) {
      return tf.fill(tf.constant(shape), tf.constant(1f));
    }
  },
  /**
   * Uniform in {@code [-limit, limit)} with {@code limit = sqrt(6 / (fan_in + fan_out))} (Glorot
   * and Bengio, 2010), bit for bit as Keras draws it.
   */
  GLOROT_UNIFORM {
    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, IntSupplier seeds) {
      float limit = (float) Math.sqrt(3 / Math.max(1, (fanIn(shape) + fanOut(shape)) / 2));
      Operand<TFloat32> unit =
          tf.random.statelessRandomUniform(
              tf.constant(shape), tf.constant(new int[] {seeds.getAsInt(), 0}), TFloat32.class);
      Operand<TFloat32> range = tf.constant(limit - -limit);
      return tf.math.add(tf.math.mul(unit, range), tf.constant(-limit));
    }
  };

  /**
   * Adds the values to a graph.
   *
   * @param shape the weight's shape; a kernel's last two dimensions are its channels
   * @param seeds gives the seed of each random initializer, one in the order of the layers
   */
  public abstract Operand<TFloat32> values(Ops tf, Shape shape, IntSupplier seeds);

  private static double fanIn(Shape shape) {
    return receptiveField(shape) * shape.get(shape.numDimensions() - 2);
  }

  private static double fanOut(Shape shape) {
    return receptiveField(shape) * shape.get(shape.numDimensions() - 1);
  }

  private static double receptiveField(Shape kernel) {
    return kernel.take(kernel.numDimensions() - 2).size();
  }
}
