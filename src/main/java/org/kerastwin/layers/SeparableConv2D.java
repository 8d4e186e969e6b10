package org.kerastwin.layers;

import java.util.ArrayList;
import java.util.List;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Convolution of each channel by itself, then of all channels at each pixel (Chollet, 2017): {@code
 * [batch, height, width, channels]} to {@code [batch, height', width', filters]}, with the sizes of
 * {@link Conv2D}. Keras: {@code layers/convolutional/separable_conv2d.py}; kernels {@code [height,
 * width, channels, depthMultiplier]} and {@code [1, 1, channels * depthMultiplier, filters]}.
 *
 * @param filters channels of the output, positive
 * @param depthMultiplier number of kernels for each channel, positive
 * @param window the depthwise kernels' size, strides and padding; without dilation
 * @param useBias whether a bias is added
 * @param activation applied last
 */
public record SeparableConv2D(
    int filters,
    int depthMultiplier,
    Window window,
    boolean useBias,
    Activation.Function activation)
    implements Activated {
  private static final String DEPTHWISE = "depthwise_kernel";
  private static final String POINTWISE = "pointwise_kernel";

  /** Checks the arguments. */
  public SeparableConv2D {
    ArgumentException.requirePositive("filters", filters);
    ArgumentException.requirePositive("depth_multiplier", depthMultiplier);
    DepthwiseConvolution.require(window);
  }

  @Override
  public Shape outputShape(Shape input) {
    return window.output(input, filters);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    Size size = window.size();
    long channels = input.get(2);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        WeightSpec.trainable(
            DEPTHWISE,
            Initializer.GLOROT_UNIFORM,
            size.height(),
            size.width(),
            channels,
            depthMultiplier));
    weights.add(
        WeightSpec.trainable(
            POINTWISE, Initializer.GLOROT_UNIFORM, 1, 1, channels * depthMultiplier, filters));
    if (useBias) {
      weights.add(WeightSpec.trainable("bias", Initializer.ZEROS, filters));
    }
    return weights;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return convolve(pass.tf(), pass.precision().computeType(), weights, x);
  }

  private <T extends TFloating> LayerResult convolve(
      Ops tf, ComputeType<T> type, Weights weights, Operand<TFloat32> x) {
    Operand<T> apart =
        DepthwiseConvolution.convolve(
            tf, window, type.cast(tf, x), type.cast(tf, weights.get(DEPTHWISE)));
    Operand<T> mixed =
        tf.nn.conv2d(
            apart,
            type.cast(tf, weights.get(POINTWISE)),
            Window.byDimension(Size.ONE),
            Padding.VALID.name());
    return LayerResult.of(tf, Bias.add(tf, type, mixed, weights, useBias, filters), activation);
  }
}
