package org.kerastwin.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Splits a 5×5 kernel into the 3×3 kernels that connect an image with the four phases of an image
 * of twice its size. Each of their taps is a sum of taps of the 5×5 kernel.
 */
final class PhaseKernels {
  /** Upsampling by 2, then a convolution: taps that see the same pixel are added. */
  static final PhaseKernels UPSAMPLED =
      new PhaseKernels(
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
   * A transposed convolution with strides of 2: pixel i adds tap t to the pixel {@code 2i + t - 1}.
   */
  static final PhaseKernels TRANSPOSED =
      new PhaseKernels(
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

  /** A convolution with strides of 2: pixel i reads the pixel {@code 2i + t - 1} through tap t. */
  static final PhaseKernels STRIDED =
      new PhaseKernels(
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

  /** The size of the kernels that can be split into phases. */
  static final int KERNEL_SIZE = 5;

  /** The factor between the two images. */
  static final int FACTOR = 2;

  /** How many pixels of the smaller image a phase is connected with, along each side. */
  static final int OFFSETS = 3;

  /** The dimensions of the small kernels before they are transposed for a convolution. */
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
   * Kernels of one kind of convolution.
   *
   * @param taps the taps that are added in each phase: rows for phase 0 at the offsets -1, 0 and 1,
   *     then for phase 1
   * @param order of the {@link Part}s in a convolution's kernel, the row's offset first
   */
  private PhaseKernels(float[][] taps, int... order) {
    this.taps = taps;
    this.order = order;
  }

  /**
   * All phases as the kernel of one convolution.
   *
   * @param kernel 5×5
   * @param channels of the convolution's input
   * @param filters of its output
   * @return {@code [3, 3, channels, filters]}
   */
  Operand<TFloat32> square(Ops tf, Operand<TFloat32> kernel, int channels, int filters) {
    return inOrder(tf, kernel, order, OFFSETS, OFFSETS, channels, filters);
  }

  /**
   * All phases, with separate filters for each kernel row; for convolutions of the smaller image.
   *
   * @param kernel 5×5
   * @param channels of the convolution's input
   * @param filters of its output, for one row
   * @return {@code [1, 3, channels, 3 * filters]}
   */
  Operand<TFloat32> rowsApart(Ops tf, Operand<TFloat32> kernel, int channels, int filters) {
    // The row's offset comes first in the order; it moves behind the channels, to the filters.
    int[] rowsWithFilters = {order[1], order[2], order[0], order[3], order[4], order[5]};
    return inOrder(tf, kernel, rowsWithFilters, 1, OFFSETS, channels, OFFSETS * filters);
  }

  private Operand<TFloat32> inOrder(
      Ops tf, Operand<TFloat32> kernel, int[] parts, int... dimensions) {
    return tf.reshape(
        tf.linalg.transpose(kernels(tf, kernel), tf.constant(parts)), shape(tf, dimensions));
  }

  private Operand<TFloat32> kernels(Ops tf, Operand<TFloat32> kernel) {
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
