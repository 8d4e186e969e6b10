package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Two-dimensional convolution: {@code [batch, height, width, channels]} to {@code [batch,
 * ceil(height / strides), ceil(width / strides), filters]} with SAME padding, {@code ceil((height -
 * kernelSize + 1) / strides)} with VALID. Keras: {@code layers/convolutional/conv2d.py}; kernel
 * {@code [height, width, channels, filters]}.
 *
 * @param filters channels of the output, positive
 * @param window the kernel's size, strides, padding and dilation
 * @param useBias whether a bias is added
 * @param activation applied last
 */
public record Conv2D(int filters, Window window, boolean useBias, Activation.Function activation)
    implements Activated {
  /** Checks the filters. */
  public Conv2D {
    ArgumentException.requirePositive("filters", filters);
  }

  /** A square kernel with SAME padding, a bias and an activation function. */
  public Conv2D(int filters, int kernelSize, int strides, Activation.Function activation) {
    this(filters, Window.same(kernelSize, strides), true, activation);
  }

  /** Without an activation function. */
  public Conv2D(int filters, int kernelSize, int strides) {
    this(filters, kernelSize, strides, Activation.Function.LINEAR);
  }

  @Override
  public Shape outputShape(Shape input) {
    return window.output(input, filters);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return Convolution.weights(
        filters, useBias, window.size().height(), window.size().width(), input.get(2), filters);
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    if (pass.form() == Pass.Form.FAST
        && SubPixelConvolution.pays(window, x.shape().get(3))
        && hasEvenSides(x)) {
      return new SubPixelConvolution(PhaseKernels.STRIDED)
          .reduce(pass, weights, x, filters, useBias, activation);
    }
    return convolve(pass.tf(), pass.precision().computeType(), weights, x);
  }

  private <T extends TFloating> LayerResult convolve(
      Ops tf, ComputeType<T> type, Weights weights, Operand<TFloat32> x) {
    Operand<T> convolved =
        Convolution.convolve(tf, window, type.cast(tf, x), type.cast(tf, weights.get("kernel")));
    return LayerResult.of(tf, Bias.add(tf, type, convolved, weights, useBias, filters), activation);
  }

  private static boolean hasEvenSides(Operand<TFloat32> x) {
    return x.shape().get(1) % 2 == 0 && x.shape().get(2) % 2 == 0;
  }
}
