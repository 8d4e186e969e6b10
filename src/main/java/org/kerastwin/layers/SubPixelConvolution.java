package org.kerastwin.layers;

import java.util.Collections;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The fast form of 5×5 convolutions between an image and one of twice its size. The larger image is
 * kept as its four phases (even or odd row, even or odd column) in the channels of the smaller;
 * each phase is connected with only 3×3 pixels of the other image, so one 3×3 convolution at low
 * resolution is enough.
 *
 * @param kernels the kind of convolution
 */
record SubPixelConvolution(PhaseKernels kernels) {
  /**
   * With few channels, convolutions by oneDNN and Eigen run far below their peak speed; the phases
   * have four times as many channels. With more channels, the zeros in the 3×3 kernels of strided
   * convolutions cost more than this saves.
   */
  private static final long FEW_CHANNELS = 2;

  /** Filters that fill an AVX-512 register; fewer leave part of it idle. */
  private static final int FULL_REGISTER = 16;

  private static final int PHASES = PhaseKernels.FACTOR * PhaseKernels.FACTOR;

  /**
   * Tells whether a strided or transposed convolution is faster in this form.
   *
   * @param channels of the larger image
   */
  static boolean pays(Window window, long channels) {
    return window.isSame(PhaseKernels.KERNEL_SIZE, PhaseKernels.FACTOR) && channels <= FEW_CHANNELS;
  }

  /**
   * From the smaller image to the larger.
   *
   * @param x {@code [batch, height, width, channels]}
   * @param filters channels of the larger image
   */
  LayerResult enlarge(
      Pass pass,
      Weights weights,
      Operand<TFloat32> x,
      int filters,
      boolean useBias,
      Activation.Function activation) {
    return LayerResult.of(
        pass.tf(),
        enlarge(pass.tf(), pass.precision().computeType(), weights, x, filters, useBias),
        activation);
  }

  private <T extends TFloating> Operand<T> enlarge(
      Ops tf,
      ComputeType<T> type,
      Weights weights,
      Operand<TFloat32> x,
      int filters,
      boolean useBias) {
    int channels = (int) x.shape().get(3);
    Operand<T> image = type.cast(tf, x);
    Operand<T> convolved =
        PHASES * filters < FULL_REGISTER
            ? convolveByRows(tf, type, weights, image, channels, PHASES * filters)
            : convolve(tf, type, weights, image, channels, PHASES * filters);
    Operand<T> phases = useBias ? addBias(tf, type, convolved, weights, filters) : convolved;
    return tf.nn.depthToSpace(phases, (long) PhaseKernels.FACTOR);
  }

  /**
   * Adds the bias before the phases are spread: there are half as many rows and columns, and oneDNN
   * fuses it with the convolution.
   */
  private static <T extends TFloating> Operand<T> addBias(
      Ops tf, ComputeType<T> type, Operand<T> convolved, Weights weights, int filters) {
    Operand<T> once = type.cast(tf, weights.get("bias"));
    // Not a tile: oneDNN logs an error about its gradient, which transposes integers.
    return tf.nn.biasAdd(
        convolved,
        tf.reshape(tf.stack(Collections.nCopies(PHASES, once)), shape(tf, PHASES * filters)));
  }

  /**
   * From the larger image to the smaller.
   *
   * @param x {@code [batch, height, width, channels]}, height and width even
   * @param filters channels of the smaller image
   */
  LayerResult reduce(
      Pass pass,
      Weights weights,
      Operand<TFloat32> x,
      int filters,
      boolean useBias,
      Activation.Function activation) {
    return LayerResult.of(
        pass.tf(),
        reduce(pass.tf(), pass.precision().computeType(), weights, x, filters, useBias),
        activation);
  }

  private <T extends TFloating> Operand<T> reduce(
      Ops tf,
      ComputeType<T> type,
      Weights weights,
      Operand<TFloat32> x,
      int filters,
      boolean useBias) {
    int channels = PHASES * (int) x.shape().get(3);
    Operand<T> phases = tf.nn.spaceToDepth(type.cast(tf, x), (long) PhaseKernels.FACTOR);
    Operand<T> convolved = convolve(tf, type, weights, phases, channels, filters);
    return Bias.add(tf, type, convolved, weights, useBias, filters);
  }

  private <T extends TFloating> Operand<T> convolve(
      Ops tf, ComputeType<T> type, Weights weights, Operand<T> x, int channels, int filters) {
    Operand<TFloat32> kernel = kernels.square(tf, weights.get("kernel"), channels, filters);
    return tf.nn.conv2d(
        x, type.cast(tf, kernel), Window.byDimension(Size.ONE), Padding.SAME.name());
  }

  /**
   * The same for few filters: each row of the kernel gets separate filters, and their results are
   * added, each shifted by one more row.
   */
  private <T extends TFloating> Operand<T> convolveByRows(
      Ops tf, ComputeType<T> type, Weights weights, Operand<T> x, int channels, int filters) {
    Operand<TFloat32> kernel = kernels.rowsApart(tf, weights.get("kernel"), channels, filters);
    Operand<T> byRow =
        tf.nn.conv2d(x, type.cast(tf, kernel), Window.byDimension(Size.ONE), Padding.SAME.name());
    int[][] oneRow = {{0, 0}, {1, 1}, {0, 0}, {0, 0}};
    Operand<T> padded = tf.pad(byRow, tf.constant(oneRow), type.cast(tf, tf.constant(0f)));
    Operand<TInt32> size = shape(tf, -1, (int) x.shape().get(1), -1, filters);
    Operand<T> sum = tf.slice(padded, shape(tf, 0, 0, 0, 0), size);
    for (int row = 1; row < PhaseKernels.OFFSETS; row++) {
      sum = tf.math.add(sum, tf.slice(padded, shape(tf, 0, row, 0, row * filters), size));
    }
    return sum;
  }

  private static Operand<TInt32> shape(Ops tf, int... dimensions) {
    return tf.constant(dimensions);
  }
}
