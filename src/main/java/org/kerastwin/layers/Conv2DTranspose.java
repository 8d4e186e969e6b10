package org.kerastwin.layers;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Transposed convolution, the gradient of a convolution with respect to its input: {@code [batch,
 * height, width, channels]} to {@code [batch, height * strides, width * strides, filters]} with
 * SAME padding, {@code height * strides + max(kernelSize - strides, 0)} with VALID. Keras: {@code
 * layers/convolutional/conv2d_transpose.py}; kernel {@code [height, width, filters, channels]}.
 *
 * @param filters channels of the output, positive
 * @param window the kernel's size, strides and padding, without dilation
 * @param useBias whether a bias is added
 * @param activation applied last
 * @param outputPadding if given, the output has {@code (length - 1) * strides + kernelSize +
 *     outputPadding} rows and columns; with SAME padding, {@code 2 * (kernelSize / 2)} fewer
 */
public record Conv2DTranspose(
    int filters,
    Window window,
    boolean useBias,
    Activation.Function activation,
    Optional<Size> outputPadding)
    implements Activated {
  /** Checks the filters. */
  public Conv2DTranspose {
    ArgumentException.requirePositive("filters", filters);
    if (!window.dilation().isSquare(1)) {
      throw new ArgumentException("no dilation", "dilation", window.dilation());
    }
  }

  /** Without output padding. */
  public Conv2DTranspose(
      int filters, Window window, boolean useBias, Activation.Function activation) {
    this(filters, window, useBias, activation, Optional.empty());
  }

  /** A square kernel with SAME padding, a bias and an activation function. */
  public Conv2DTranspose(int filters, int kernelSize, int strides, Activation.Function activation) {
    this(filters, Window.same(kernelSize, strides), true, activation);
  }

  /** Without an activation function. */
  public Conv2DTranspose(int filters, int kernelSize, int strides) {
    this(filters, kernelSize, strides, Activation.Function.LINEAR);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return Shape.of(
        enlarged(input.get(0), Size::height), enlarged(input.get(1), Size::width), filters);
  }

  private long enlarged(long length, ToIntFunction<Size> side) {
    int taps = side.applyAsInt(window.size());
    int stride = side.applyAsInt(window.strides());
    boolean same = window.padding() == Padding.SAME;
    return outputPadding.isEmpty()
        ? length * stride + (same ? 0 : Math.max(taps - stride, 0))
        : (length - 1) * stride
            + taps
            - (same ? taps / 2 * 2 : 0)
            + side.applyAsInt(outputPadding.get());
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return Convolution.weights(
        filters, useBias, window.size().height(), window.size().width(), filters, input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    if (pass.form() == Pass.Form.FAST
        && outputPadding.isEmpty()
        && SubPixelConvolution.pays(window, filters)) {
      return new SubPixelConvolution(PhaseKernels.TRANSPOSED)
          .enlarge(pass, weights, x, filters, useBias, activation);
    }
    return convolve(pass.tf(), pass.precision().computeType(), weights, x);
  }

  private <T extends TFloating> LayerResult convolve(
      Ops tf, ComputeType<T> type, Weights weights, Operand<TFloat32> x) {
    Operand<T> convolved =
        tf.nn.conv2dBackpropInput(
            outputSizes(tf, x),
            type.cast(tf, weights.get("kernel")),
            type.cast(tf, x),
            window.steps(),
            window.padding().name());
    return LayerResult.of(tf, Bias.add(tf, type, convolved, weights, useBias, filters), activation);
  }

  /** The shape of the output as a tensor, constant if the batch size is known. */
  private Operand<TInt32> outputSizes(Ops tf, Operand<TFloat32> x) {
    Shape output = outputShape(x.shape().takeLast(3));
    long batch = x.shape().get(0);
    int[] sizes = {(int) batch, (int) output.get(0), (int) output.get(1), filters};
    if (batch != Shape.UNKNOWN_SIZE) {
      return tf.constant(sizes);
    }
    Operand<TInt32> dynamicBatch =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    int[] image = {sizes[1], sizes[2], sizes[3]};
    return tf.concat(List.of(dynamicBatch, tf.constant(image)), tf.constant(0));
  }
}
