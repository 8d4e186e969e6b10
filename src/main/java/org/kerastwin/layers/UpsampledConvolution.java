package org.kerastwin.layers;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The fast form of {@link UpSampling2D} by 2 followed by a {@link Conv2D} of kernel size 5. Each of
 * the four phases of the output (even or odd row, even or odd column) sees only 3×3 pixels of the
 * input, through sums of the kernel's taps. One 3×3 convolution at low resolution with four times
 * the filters and a depth-to-space make the same image with 2.78 times fewer multiplications.
 *
 * @param convolution the convolution that reads the upsampled image
 */
public record UpsampledConvolution(Conv2D convolution) {
  /**
   * Which of the kernel's five taps meet in a tap of the small kernel: rows are phase 0 at offsets
   * -1, 0, 1, then phase 1 at the same.
   */
  private static final float[][] TAP_SUMS = {
    {1, 1, 0, 0, 0},
    {0, 0, 1, 1, 0},
    {0, 0, 0, 0, 1},
    {1, 0, 0, 0, 0},
    {0, 1, 1, 0, 0},
    {0, 0, 0, 1, 1},
  };

  /** The fast form of two neighbouring layers, if they have one. */
  public static Optional<UpsampledConvolution> of(Layer first, Layer second) {
    return first instanceof UpSampling2D up
            && up.size() == 2
            && second instanceof Conv2D convolution
            && convolution.kernelSize() == 5
            && convolution.strides() == 1
        ? Optional.of(new UpsampledConvolution(convolution))
        : Optional.empty();
  }

  /**
   * Adds the two layers' computation to a graph.
   *
   * @param pass how they are applied
   * @param weights the convolution's
   * @param x the input before upsampling, {@code [batch, height, width, channels]}
   */
  public Applied apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    int channels = (int) x.shape().get(3);
    Operand<TFloat32> phases =
        tf.nn.conv2d(
            x,
            phaseKernel(tf, weights.get("kernel"), channels),
            Convolution.strides(1),
            Convolution.SAME);
    Operand<TFloat32> image = tf.nn.depthToSpace(phases, 2L);
    return Applied.of(
        tf,
        Bias.add(tf, image, weights.get("bias"), convolution.filters()),
        convolution.activation());
  }

  /** {@code [5, 5, channels, filters]} to {@code [3, 3, channels, 4 * filters]}. */
  private Operand<TFloat32> phaseKernel(Ops tf, Operand<TFloat32> kernel, int channels) {
    int filters = convolution.filters();
    int maps = channels * filters;
    Operand<TFloat32> sums = tf.constant(TAP_SUMS);
    // [row tap, column tap, maps] -> [phase and offset of the row, column tap, maps]
    Operand<TFloat32> rows =
        tf.linalg.matMul(sums, tf.reshape(kernel, tf.constant(new int[] {5, 5 * maps})));
    Operand<TFloat32> columnsFirst =
        tf.linalg.transpose(
            tf.reshape(rows, tf.constant(new int[] {6, 5, maps})),
            tf.constant(new int[] {1, 0, 2}));
    Operand<TFloat32> columns =
        tf.linalg.matMul(sums, tf.reshape(columnsFirst, tf.constant(new int[] {5, 6 * maps})));
    // [column phase, column offset, row phase, row offset, channels, filters]
    Operand<TFloat32> parts =
        tf.reshape(columns, tf.constant(new int[] {2, 3, 2, 3, channels, filters}));
    return tf.reshape(
        tf.linalg.transpose(parts, tf.constant(new int[] {3, 1, 4, 2, 0, 5})),
        tf.constant(new int[] {3, 3, channels, 4 * filters}));
  }
}
