package org.kerastwin.layers;

import java.util.Collections;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The fast form of 5×5 convolutions between an image and one of twice its size. The larger image is
 * kept as its four phases (even or odd row, even or odd column) in the channels of the smaller;
 * each phase meets only 3×3 pixels of the other image, so one 3×3 convolution at low resolution
 * does it.
 */
final class PhasedConvolution {
  /** Doubled pixels, then a convolution: taps that see the same pixel are added. */
  static final PhasedConvolution UPSAMPLED =
      new PhasedConvolution(
          new float[][] {
            {1, 1, 0, 0, 0},
            {0, 0, 1, 1, 0},
            {0, 0, 0, 0, 1},
            {1, 0, 0, 0, 0},
            {0, 1, 1, 0, 0},
            {0, 0, 0, 1, 1},
          },
          Part.ROW_OFFSET,
          Part.COLUMN_OFFSET,
          Part.FIRST_MAPS,
          Part.ROW_PHASE,
          Part.COLUMN_PHASE,
          Part.SECOND_MAPS);

  /**
   * A transposed convolution by strides of 2: pixel i adds tap t to the pixel {@code 2i + t - 1}.
   */
  static final PhasedConvolution TRANSPOSED =
      new PhasedConvolution(
          new float[][] {
            {0, 0, 0, 1, 0},
            {0, 1, 0, 0, 0},
            {0, 0, 0, 0, 0},
            {0, 0, 0, 0, 1},
            {0, 0, 1, 0, 0},
            {1, 0, 0, 0, 0},
          },
          Part.ROW_OFFSET,
          Part.COLUMN_OFFSET,
          Part.SECOND_MAPS,
          Part.ROW_PHASE,
          Part.COLUMN_PHASE,
          Part.FIRST_MAPS);

  /** A convolution by strides of 2: pixel i reads through tap t the pixel {@code 2i + t - 1}. */
  static final PhasedConvolution STRIDED =
      new PhasedConvolution(
          new float[][] {
            {0, 0, 0, 0, 0},
            {0, 1, 0, 0, 0},
            {0, 0, 0, 1, 0},
            {1, 0, 0, 0, 0},
            {0, 0, 1, 0, 0},
            {0, 0, 0, 0, 1},
          },
          Part.ROW_OFFSET,
          Part.COLUMN_OFFSET,
          Part.ROW_PHASE,
          Part.COLUMN_PHASE,
          Part.FIRST_MAPS,
          Part.SECOND_MAPS);

  /** The size of the kernels that have this form. */
  static final int KERNEL_SIZE = 5;

  /** The factor between the two images. */
  static final int FACTOR = 2;

  /**
   * Where an image has few channels, oneDNN's and Eigen's kernels run far below their speed; the
   * four phases are four times as many. With more channels the zeros in the 3×3 kernels of strided
   * convolutions cost more than that wins.
   */
  private static final long FEW_CHANNELS = 2;

  private static final int OFFSETS = 3;
  private static final int PHASES = FACTOR * FACTOR;

  /** The dimensions of the small kernels before they are put into a convolution's order. */
  private static final class Part {
    static final int COLUMN_PHASE = 0;
    static final int COLUMN_OFFSET = 1;
    static final int ROW_PHASE = 2;
    static final int ROW_OFFSET = 3;
    static final int FIRST_MAPS = 4;
    static final int SECOND_MAPS = 5;
  }

  private final float[][] taps;
  private final int[] order;

  /**
   * Rows of the taps are phase 0 at the offsets -1, 0 and 1, then phase 1 at the same: which of the
   * five taps meet there.
   */
  private PhasedConvolution(float[][] taps, int... order) {
    this.taps = taps;
    this.order = order;
  }

  /**
   * Whether a strided or transposed convolution is faster in this form.
   *
   * @param channels of the larger image
   */
  static boolean pays(int kernelSize, int strides, long channels) {
    return kernelSize == KERNEL_SIZE && strides == FACTOR && channels <= FEW_CHANNELS;
  }

  /**
   * From the smaller image to the larger.
   *
   * @param x {@code [batch, height, width, channels]}
   * @param filters channels of the larger image
   */
  Applied enlarge(
      Pass pass,
      Weights weights,
      Operand<TFloat32> x,
      int filters,
      Activation.Function activation) {
    Ops tf = pass.tf();
    int channels = (int) x.shape().get(3);
    // Before the phases are spread, the bias is added to half as many rows and columns, and oneDNN
    // does it within the convolution.
    Operand<TFloat32> once = weights.get("bias");
    // Not a tile: its gradient transposes whole numbers, which oneDNN complains of.
    Operand<TFloat32> bias =
        tf.reshape(tf.stack(Collections.nCopies(PHASES, once)), shape(tf, PHASES * filters));
    Operand<TFloat32> phases =
        tf.nn.biasAdd(convolve(tf, weights, x, channels, PHASES * filters), bias);
    return Applied.of(tf, tf.nn.depthToSpace(phases, (long) FACTOR), activation);
  }

  /**
   * From the larger image to the smaller.
   *
   * @param x {@code [batch, height, width, channels]}, height and width even
   * @param filters channels of the smaller image
   */
  Applied reduce(
      Pass pass,
      Weights weights,
      Operand<TFloat32> x,
      int filters,
      Activation.Function activation) {
    Ops tf = pass.tf();
    int channels = PHASES * (int) x.shape().get(3);
    Operand<TFloat32> phases = tf.nn.spaceToDepth(x, (long) FACTOR);
    return Applied.of(
        tf,
        Bias.add(
            tf, convolve(tf, weights, phases, channels, filters), weights.get("bias"), filters),
        activation);
  }

  private Operand<TFloat32> convolve(
      Ops tf, Weights weights, Operand<TFloat32> x, int channels, int filters) {
    Operand<TFloat32> kernel =
        tf.reshape(
            tf.linalg.transpose(smallKernels(tf, weights.get("kernel")), tf.constant(order)),
            shape(tf, OFFSETS, OFFSETS, channels, filters));
    return tf.nn.conv2d(x, kernel, Convolution.strides(1), Convolution.SAME);
  }

  private Operand<TFloat32> smallKernels(Ops tf, Operand<TFloat32> kernel) {
    int first = (int) kernel.shape().get(2);
    int second = (int) kernel.shape().get(3);
    int maps = first * second;
    int places = FACTOR * OFFSETS;
    Operand<TFloat32> sums = tf.constant(taps);
    // [row tap, column tap, maps] -> [phase and offset of the row, column tap, maps]
    Operand<TFloat32> rows =
        tf.linalg.matMul(sums, tf.reshape(kernel, shape(tf, KERNEL_SIZE, KERNEL_SIZE * maps)));
    Operand<TFloat32> columnsFirst =
        tf.linalg.transpose(
            tf.reshape(rows, shape(tf, places, KERNEL_SIZE, maps)), shape(tf, 1, 0, 2));
    Operand<TFloat32> columns =
        tf.linalg.matMul(sums, tf.reshape(columnsFirst, shape(tf, KERNEL_SIZE, places * maps)));
    return tf.reshape(columns, shape(tf, FACTOR, OFFSETS, FACTOR, OFFSETS, first, second));
  }

  private static Operand<TInt32> shape(Ops tf, int... dimensions) {
    return tf.constant(dimensions);
  }
}
