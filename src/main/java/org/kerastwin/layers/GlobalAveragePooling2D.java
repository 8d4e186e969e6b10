package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each channel: {@code [batch, height, width, channels]} to {@code [batch, channels]},
 * or to {@code [batch, 1, 1, channels]}. Keras: {@code layers/pooling/global_average_pooling2d.py}.
 *
 * @param keepDims whether height and width remain as dimensions of size 1
 */
public record GlobalAveragePooling2D(boolean keepDims) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return keepDims ? Shape.of(1, 1, input.get(2)) : Shape.of(input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Operand<TFloat32> mean =
        pass.tf().math.mean(x, pass.tf().constant(new int[] {1, 2}), Mean.keepDims(keepDims));
    Shape image = x.shape().takeLast(3);
    return LayerResult.of(mean, (tf, dy) -> LayerResult.Gradients.of(spread(tf, dy, image)));
  }

  /** Grappler turns Keras's division by the number of pixels into a multiplication. */
  private static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> dy, Shape image) {
    int channels = (int) image.get(2);
    long pixels = image.get(0) * image.get(1);
    Operand<TFloat32> pixel = tf.reshape(dy, tf.constant(new int[] {-1, 1, 1, channels}));
    Operand<TFloat32> ones =
        tf.fill(
            tf.constant(new int[] {1, (int) image.get(0), (int) image.get(1), 1}),
            tf.constant(1f / pixels));
    return tf.math.mul(pixel, ones);
  }
}
