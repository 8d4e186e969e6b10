package org.kerastwin.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Layer;

/**
 * A batch normalization in inference mode, as an affine map of each channel (Ioffe and Szegedy,
 * 2015): {@code y = x * scale + offset} with {@code scale = gamma / sqrt(moving_variance +
 * epsilon)} and {@code offset = beta - moving_mean * scale}, computed in double and rounded once.
 */
final class AffineMap {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private final double[] scale;
  private final double[] offset;

  /** Computes the map of a layer from its weights by name. */
  AffineMap(BatchNormalization layer, Map<String, NdArray> weights) {
    float[] mean = weights.get("moving_mean").floats();
    float[] variance = weights.get("moving_variance").floats();
    float[] gamma = layer.scale() ? weights.get(BatchNormalization.GAMMA).floats() : ones(mean);
    float[] beta =
        layer.center() ? weights.get(BatchNormalization.BETA).floats() : new float[mean.length];
    scale = new double[mean.length];
    offset = new double[mean.length];
    for (int channel = 0; channel < scale.length; channel++) {
      scale[channel] = gamma[channel] / Math.sqrt(variance[channel] + layer.epsilon());
      offset[channel] = beta[channel] - mean[channel] * scale[channel];
    }
  }

  private static float[] ones(float[] like) {
    float[] ones = new float[like.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The weights of an {@link org.kerastwin.layers.Affine} for this map. */
  Map<String, NdArray> weights() {
    return Map.of("scale", vector(scale), "offset", vector(offset));
  }

  private static NdArray vector(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return NdArray.ofFloats(rounded, List.of(rounded.length));
  }

  /**
   * Whether the kernel and bias of a layer can absorb a map of that many channels. The layer's
   * outputs are the channels, or a multiple of them if a Reshape comes between.
   */
  static boolean fitsInto(Layer layer, long channels) {
    int outputs = linearOutputs(layer);
    return outputs > 0 && outputs % channels == 0;
  }

  /** The number of outputs of a linear layer with a bias; 0 for any other layer. */
  private static int linearOutputs(Layer layer) {
    if (layer instanceof Dense dense
        && dense.useBias()
        && dense.activation() == Activation.Function.LINEAR) {
      return dense.units();
    }
    if (layer instanceof Conv2D conv
        && conv.useBias()
        && conv.activation() == Activation.Function.LINEAR) {
      return conv.filters();
    }
    return layer instanceof Conv2DTranspose conv
            && conv.useBias()
            && conv.activation() == Activation.Function.LINEAR
        ? conv.filters()
        : 0;
  }

  /** The weights with which a layer also applies this map to its output. */
  Map<String, NdArray> after(Layer layer, Map<String, NdArray> weights) {
    List<Integer> shape = weights.get(KERNEL).shape();
    // The outputs are the last dimension, except in Conv2DTranspose: [height, width, outputs,
    // inputs].
    int inner = layer instanceof Conv2DTranspose ? shape.get(3) : 1;
    float[] kernel = weights.get(KERNEL).floats();
    int outputs = linearOutputs(layer);
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (kernel[i] * scale[i / inner % outputs % scale.length]);
    }
    float[] bias = weights.get(BIAS).floats();
    for (int i = 0; i < bias.length; i++) {
      int channel = i % scale.length;
      bias[i] = (float) (bias[i] * scale[channel] + offset[channel]);
    }
    return Map.of(
        KERNEL, NdArray.ofFloats(kernel, shape), BIAS, NdArray.ofFloats(bias, List.of(outputs)));
  }
}
