package org.kerastwin.layers;

import java.util.List;
import java.util.function.IntSupplier;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The initial values of a weight, bit for bit those of Keras's initializers. */
public final class InitialValues {
  private InitialValues() {}

  /**
   * Adds the values to a graph.
   *
   * @param weight the weight; the last two dimensions of a kernel are its channels
   * @param seeds gives the seed of each random initializer, one by one in the order of the layers
   */
  public static Operand<TFloat32> of(Ops tf, WeightSpec weight, IntSupplier seeds) {
    return switch (weight.initializer()) {
      case ZEROS -> filled(tf, weight, 0);
      case ONES -> filled(tf, weight, 1);
      case GLOROT_UNIFORM -> glorotUniform(tf, weight.shape(), seeds.getAsInt());
    };
  }

  private static Operand<TFloat32> filled(Ops tf, WeightSpec weight, float value) {
    return tf.fill(tf.constant(shape(weight.shape())), tf.constant(value));
  }

  private static Operand<TFloat32> glorotUniform(Ops tf, List<Integer> shape, int seed) {
    double fans = (fan(shape, 2) + fan(shape, 1)) / 2;
    float limit = (float) Math.sqrt(3 / Math.max(1, fans));
    Operand<TFloat32> unit =
        tf.random.statelessRandomUniform(
            tf.constant(shape(shape)), tf.constant(new int[] {seed, 0}), TFloat32.class);
    Operand<TFloat32> range = tf.constant(2 * limit);
    return tf.math.add(tf.math.mul(unit, range), tf.constant(-limit));
  }

  /**
   * The inputs or the outputs of a unit: the receptive field times the channels.
   *
   * @param fromLast which dimension has the channels, 1 for the last
   */
  private static double fan(List<Integer> kernel, int fromLast) {
    double receptiveField = 1;
    for (int size : kernel.subList(0, kernel.size() - 2)) {
      receptiveField *= size;
    }
    return receptiveField * kernel.get(kernel.size() - fromLast);
  }

  private static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
  }
}
