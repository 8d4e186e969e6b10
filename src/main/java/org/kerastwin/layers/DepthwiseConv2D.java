package org.kerastwin.layers;

import java.util.List;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Convolution of each channel by itself: {@code [batch, height, width, channels]} to {@code [batch,
 * height', width', channels * depthMultiplier]}, with the sizes of {@link Conv2D}. Keras: {@code
 * layers/convolutional/depthwise_conv2d.py}; kernel {@code [height, width, channels,
 * depthMultiplier]}.
 *
 * @param depthMultiplier number of kernels for each channel, positive
 * @param window the kernels' size, strides and padding; without dilation
 * @param useBias whether a bias is added
 * @param activation applied last
 */
public record DepthwiseConv2D(
    int depthMultiplier, Window window, boolean useBias, Activation.Function activation)
    implements Activated {
  /** Checks the multiplier and the window. */
  public DepthwiseConv2D {
    ArgumentException.requirePositive("depth_multiplier", depthMultiplier);
    DepthwiseConvolution.require(window);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return window.output(input, outputs(input));
  }

  private long outputs(Shape input) {
    return input.get(2) * depthMultiplier;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    Size size = window.size();
    return Convolution.weights(
        Math.toIntExact(outputs(input)),
        useBias,
        size.height(),
        size.width(),
        input.get(2),
        depthMultiplier);
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return convolve(pass.tf(), pass.precision().computeType(), weights, x);
  }

  private <T extends TFloating> LayerResult convolve(
      Ops tf, ComputeType<T> type, Weights weights, Operand<TFloat32> x) {
    Operand<T> convolved =
        DepthwiseConvolution.convolve(
            tf, window, type.cast(tf, x), type.cast(tf, weights.get("kernel")));
    int channels = Math.toIntExact(x.shape().get(3) * depthMultiplier);
    return LayerResult.of(
        tf, Bias.add(tf, type, convolved, weights, useBias, channels), activation);
  }
}
