package org.kerastwin.model;

import java.util.Optional;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Layer;

/** The range of a generator's pixels, from black to white. */
public enum PixelRange {
  /** -1 to 1, as {@code tanh} gives. */
  SYMMETRIC,
  /** 0 to 1, as a sigmoid gives. */
  UNIT;

  /** The range of a model, by the last activation in it. */
  public static PixelRange of(Sequential model) {
    Function last = Function.LINEAR;
    for (Sequential.Node node : model.nodes()) {
      last = activation(node.layer()).orElse(last);
    }
    return last == Function.SIGMOID || last == Function.HARD_SIGMOID ? UNIT : SYMMETRIC;
  }

  private static Optional<Function> activation(Layer layer) {
    if (layer instanceof Dense dense) {
      return Optional.of(dense.activation());
    }
    if (layer instanceof Conv2D conv) {
      return Optional.of(conv.activation());
    }
    if (layer instanceof Conv2DTranspose conv) {
      return Optional.of(conv.activation());
    }
    return layer instanceof Activation activation
        ? Optional.of(activation.function())
        : Optional.empty();
  }

  /** Scales images of this range, float32, to -1..1. */
  public NdArray toSymmetric(NdArray images) {
    if (this == SYMMETRIC) {
      return images;
    }
    float[] pixels = images.floats();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 2 * pixels[i] - 1;
    }
    return NdArray.ofFloats(pixels, images.shape());
  }
}
