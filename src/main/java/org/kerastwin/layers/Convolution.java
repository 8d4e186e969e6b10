package org.kerastwin.layers;

import java.util.ArrayList;
import java.util.List;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The weights and the convolution that several layers share. */
final class Convolution {
  private Convolution() {}

  static List<WeightSpec> weights(int outputs, boolean useBias, long... kernel) {
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", Initializer.GLOROT_UNIFORM, kernel));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", Initializer.ZEROS, outputs));
    }
    return weights;
  }

  /** The convolution of an image by a window. */
  static <T extends TFloating> Operand<T> convolve(
      Ops tf, Window window, Operand<T> x, Operand<T> kernel) {
    if (window.dilation().isSquare(1)) {
      return tf.nn.conv2d(x, kernel, window.steps(), window.padding().name());
    }
    return dilated(tf, window, x, kernel);
  }

  /**
   * Moves pixels that are a dilation apart to samples of a larger batch and convolves these, as
   * Keras's graph does: gradients of dilated convolutions do not run on a CPU.
   */
  private static <T extends TFloating> Operand<T> dilated(
      Ops tf, Window window, Operand<T> x, Operand<T> kernel) {
    int[] taps = {window.size().height(), window.size().width()};
    int[] block = {window.dilation().height(), window.dilation().width()};
    int[][] paddings = new int[2][2];
    int[][] crops = new int[2][2];
    for (int axis = 0; axis < 2; axis++) {
      int around = window.padding() == Padding.SAME ? (taps[axis] - 1) * block[axis] : 0;
      int before = around / 2;
      int full = (int) x.shape().get(1 + axis) + around;
      int fill = Math.floorMod(-full, block[axis]);
      paddings[axis] = new int[] {before, around - before + fill};
      crops[axis] = new int[] {0, fill};
    }
    Operand<TInt32> blockShape = tf.constant(block);
    Operand<T> apart = tf.spaceToBatchNd(x, blockShape, tf.constant(paddings));
    Operand<T> convolved =
        tf.nn.conv2d(apart, kernel, Window.byDimension(Size.ONE), Padding.VALID.name());
    return tf.batchToSpaceNd(convolved, blockShape, tf.constant(crops));
  }
}
