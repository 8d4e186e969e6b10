package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Two-dimensional convolution with SAME padding: {@code [batch, height, width, channels]} to {@code
 * [batch, ceil(height / strides), ceil(width / strides), filters]}. Keras: {@code
 * layers/convolutional/conv2d.py}; kernel {@code [kernelSize, kernelSize, channels, filters]}.
 *
 * @param filters channels of the output, positive
 * @param kernelSize height and width of the kernel, positive
 * @param strides step along height and width, positive
 * @param activation applied last
 */
public record Conv2D(int filters, int kernelSize, int strides, Activation.Function activation)
    implements Layer {
  /** Checks the sizes. */
  public Conv2D {
    Convolution.requirePositive(filters, kernelSize, strides);
  }

  /** Without an activation function. */
  public Conv2D(int filters, int kernelSize, int strides) {
    this(filters, kernelSize, strides, Activation.Function.LINEAR);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return Shape.of(strided(input.get(0)), strided(input.get(1)), filters);
  }

  private long strided(long size) {
    return (size + strides - 1) / strides;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return Convolution.weights(filters, kernelSize, kernelSize, input.get(2), filters);
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    if (pass.form() == Pass.Form.FAST
        && SubPixelConvolution.pays(kernelSize, strides, x.shape().get(3))
        && hasEvenSides(x)) {
      return new SubPixelConvolution(PhaseKernels.STRIDED)
          .reduce(pass, weights, x, filters, activation);
    }
    Operand<TFloat32> convolved =
        pass.tf()
            .nn
            .conv2d(x, weights.get("kernel"), Convolution.strides(strides), Convolution.SAME);
    return LayerResult.of(
        pass.tf(), Bias.add(pass.tf(), convolved, weights.get("bias"), filters), activation);
  }

  private static boolean hasEvenSides(Operand<TFloat32> x) {
    return x.shape().get(1) % 2 == 0 && x.shape().get(2) % 2 == 0;
  }
}
