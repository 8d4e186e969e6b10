package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/**
 * Enlarges images: {@code [batch, height, width, channels]} to {@code [batch, height * size, width
 * * size, channels]}. Keras: {@code layers/reshaping/up_sampling2d.py}.
 *
 * @param size the factors for height and width, positive
 * @param interpolation how new pixels are computed
 */
public record UpSampling2D(Size size, Interpolation interpolation) implements Layer {
  /** How new pixels are computed. */
  public enum Interpolation {
    /** Repeats rows and columns. */
    NEAREST,
    /**
     * Interpolates linearly between the two nearest rows and columns, with pixel centers as
     * positions.
     */
    BILINEAR
  }

  /** Checks the factors. */
  public UpSampling2D {
    size.requirePositive("size");
  }

  /** Repeats rows and columns by one factor. */
  public UpSampling2D(int size) {
    this(Size.square(size), Interpolation.NEAREST);
  }

  /** Repeats rows and columns by Keras's default factor, 2. */
  public UpSampling2D() {
    this(2);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return Shape.of(input.get(0) * size.height(), input.get(1) * size.width(), input.get(2));
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
    int[] sizes = {(int) output.get(0), (int) output.get(1)};
    if (interpolation == Interpolation.BILINEAR) {
      return LayerResult.of(
          tf.image.resizeBilinear(x, tf.constant(sizes), ResizeBilinear.halfPixelCenters(true)));
    }
    if (!pass.isTraining()) {
      return LayerResult.of(tf.image.resizeNearestNeighbor(x, tf.constant(sizes)));
    }
    int channels = (int) input.get(2);
    int[] taller = {-1, sizes[0], (int) input.get(1), channels};
    int[] larger = {-1, sizes[0], sizes[1], channels};
    Operand<TFloat32> rows = repeat(tf, x, 2, size.height(), taller);
    Operand<TFloat32> repeated = repeat(tf, rows, 3, size.width(), larger);
    return LayerResult.of(repeated, (ops, dy) -> LayerResult.Gradients.of(sum(ops, dy, input)));
  }

  /** The shape is int32, as in Keras's graph: on a GPU Reshape would fetch an int64 each time. */
  private static Operand<TFloat32> repeat(
      Ops tf, Operand<TFloat32> x, int axis, int factor, int[] result) {
    int[] multiples = {1, 1, 1, 1, 1};
    multiples[axis] = factor;
    Operand<TFloat32> tiled = tf.tile(tf.expandDims(x, tf.constant(axis)), tf.constant(multiples));
    return tf.reshape(tiled, tf.constant(result));
  }

  /**
   * Adds in Keras's order: along the width, then along the height. Autodiff does too, but it
   * transposes integers for its shapes, and oneDNN logs an error about that.
   */
  private Operand<TFloat32> sum(Ops tf, Operand<TFloat32> dy, Shape input) {
    int height = (int) input.get(0);
    int width = (int) input.get(1);
    int channels = (int) input.get(2);
    int[] columns = {-1, height * size.height(), width, size.width(), channels};
    int[] rows = {-1, height, size.height(), width, channels};
    Operand<TFloat32> high =
        tf.reduceSum(tf.reshape(dy, tf.constant(columns)), tf.constant(new int[] {3}));
    return tf.reduceSum(tf.reshape(high, tf.constant(rows)), tf.constant(new int[] {2}));
  }
}
