package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Transposed convolution with SAME padding, the gradient of a convolution by its input: {@code
 * [batch, height, width, channels]} to {@code [batch, height * strides, width * strides, filters]}.
 * Keras: {@code layers/convolutional/conv2d_transpose.py}; kernel {@code [kernelSize, kernelSize,
 * filters, channels]}.
 *
 * @param filters channels of the output, positive
 * @param kernelSize height and width of the kernel, positive
 * @param strides factor along height and width, positive
 * @param activation applied last
 */
public record Conv2DTranspose(
    int filters, int kernelSize, int strides, Activation.Function activation) implements Layer {
  /** Checks the sizes. */
  public Conv2DTranspose {
    Convolution.requirePositive(filters, kernelSize, strides);
  }

  /** Without an activation function. */
  public Conv2DTranspose(int filters, int kernelSize, int strides) {
    this(filters, kernelSize, strides, Activation.Function.LINEAR);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return Shape.of(input.get(0) * strides, input.get(1) * strides, filters);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return Convolution.weights(filters, kernelSize, kernelSize, filters, input.get(2));
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    if (pass.form() == Pass.Form.FAST && SubPixelConvolution.pays(kernelSize, strides, filters)) {
      return new SubPixelConvolution(PhaseKernels.TRANSPOSED)
          .enlarge(pass, weights, x, filters, activation);
    }
    Ops tf = pass.tf();
    Operand<TFloat32> convolved =
        tf.nn.conv2dBackpropInput(
            outputSizes(tf, x),
            weights.get("kernel"),
            x,
            Convolution.strides(strides),
            Convolution.SAME);
    return LayerResult.of(tf, Bias.add(tf, convolved, weights.get("bias"), filters), activation);
  }

  /** The output's shape as a tensor; a constant wherever the batch's size is known. */
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
