package org.kerastwin.layers;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The initial values of a weight, bit for bit those of Keras's initializers. */
public final class InitialValues {
  private InitialValues() {}

  /**
   * Adds the values to a graph.
   *
   * @param weight the weight; the last two dimensions of a kernel are its channels
   * @param seeds gives the seed of each random initializer without a seed of its own, one by one in
   *     the order of the layers
   */
  public static Operand<TFloat32> of(Ops tf, WeightSpec weight, IntSupplier seeds) {
    Initializer initializer = weight.initializer();
    Initializer.Draw draw = initializer.draw(weight.shape());
    Operand<TInt64> shape = tf.constant(shape(weight.shape()));
    Supplier<Operand<TInt32>> seed =
        () -> tf.constant(new int[] {initializer.seed().orElseGet(seeds), 0});
    return switch (draw.distribution()) {
      case NONE -> tf.fill(shape, tf.constant(draw.shift()));
      case UNIFORM ->
          scaled(tf, tf.random.statelessRandomUniform(shape, seed.get(), TFloat32.class), draw);
      case NORMAL ->
          scaled(tf, tf.random.statelessRandomNormal(shape, seed.get(), TFloat32.class), draw);
      case TRUNCATED_NORMAL ->
          scaled(tf, tf.random.statelessTruncatedNormal(shape, seed.get(), TFloat32.class), draw);
    };
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> drawn, Initializer.Draw draw) {
    return tf.math.add(tf.math.mul(drawn, tf.constant(draw.scale())), tf.constant(draw.shift()));
  }

  private static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
  }
}
