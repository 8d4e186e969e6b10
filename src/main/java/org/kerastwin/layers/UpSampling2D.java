package org.kerastwin.layers;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Repeats rows and columns (nearest interpolation): {@code [batch, height, width, channels]} to
 * {@code [batch, height * size, width * size, channels]}. Keras: {@code
 * layers/reshaping/up_sampling2d.py}.
 *
 * @param size the factor, positive
 */
public record UpSampling2D(int size) implements Layer {
  /** Checks the factor. */
  public UpSampling2D {
    ArgumentException.requirePositive("size", size);
  }

  /** By Keras's default factor, 2. */
  public UpSampling2D() {
    this(2);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return Shape.of(input.get(0) * size, input.get(1) * size, input.get(2));
  }

  /**
   * In training, rows and then columns are repeated by Tile. Inference resizes, which gives the
   * same bits and converts to other runtimes.
   */
  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Shape input = x.shape().takeLast(3);
    Shape output = outputShape(input);
    Ops tf = pass.tf();
    if (!pass.isTraining()) {
      int[] sizes = {(int) output.get(0), (int) output.get(1)};
      return LayerResult.of(tf.image.resizeNearestNeighbor(x, tf.constant(sizes)));
    }
    Operand<TFloat32> high =
        repeat(tf, x, 2, -1, (int) output.get(0), (int) input.get(1), (int) input.get(2));
    Operand<TFloat32> repeated =
        repeat(tf, high, 3, -1, (int) output.get(0), (int) output.get(1), (int) input.get(2));
    return new LayerResult(
        repeated,
        repeated,
        Optional.of((ops, dy) -> new LayerResult.Gradients(sum(ops, dy, input), Map.of())),
        Map.of());
  }

  /**
   * The shape is int32, as in Keras's graph: on a GPU Reshape would fetch one of int64 each time.
   */
  private Operand<TFloat32> repeat(Ops tf, Operand<TFloat32> x, int axis, int... result) {
    int[] multiples = {1, 1, 1, 1, 1};
    multiples[axis] = size;
    Operand<TFloat32> tiled = tf.tile(tf.expandDims(x, tf.constant(axis)), tf.constant(multiples));
    return tf.reshape(tiled, tf.constant(result));
  }

  /**
   * Adds in Keras's order: along the width, then along the height. Autodiff does too, but makes the
   * shapes for it by a transposition of whole numbers, of which oneDNN logs that it can't.
   */
  private Operand<TFloat32> sum(Ops tf, Operand<TFloat32> dy, Shape input) {
    int height = (int) input.get(0);
    int width = (int) input.get(1);
    int channels = (int) input.get(2);
    int[] columns = {-1, height * size, width, size, channels};
    int[] rows = {-1, height, size, width, channels};
    Operand<TFloat32> high =
        tf.reduceSum(tf.reshape(dy, tf.constant(columns)), tf.constant(new int[] {3}));
    return tf.reduceSum(tf.reshape(high, tf.constant(rows)), tf.constant(new int[] {2}));
  }
}
