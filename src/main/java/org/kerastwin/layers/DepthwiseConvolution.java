package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The convolution of each channel by kernels of its own, which two layers share. */
final class DepthwiseConvolution {
  private DepthwiseConvolution() {}

  /**
   * Rejects what TensorFlow cannot compute, or computes by other ops.
   *
   * @throws ArgumentException if the strides differ, or the window is dilated
   */
  static void require(Window window) {
    if (window.strides().height() != window.strides().width()) {
      throw new ArgumentException("equal strides", "strides", window.strides());
    }
    if (!window.dilation().isSquare(1)) {
      throw new ArgumentException("no dilation", "dilation", window.dilation());
    }
  }

  /**
   * Adds the convolution.
   *
   * @param kernel {@code [height, width, channels, depthMultiplier]}
   * @return {@code [batch, height, width, channels * depthMultiplier]}
   */
  static <T extends TFloating> Operand<T> convolve(
      Ops tf, Window window, Operand<T> x, Operand<T> kernel) {
    return tf.nn.depthwiseConv2dNative(x, kernel, window.steps(), window.padding().name());
  }
}
