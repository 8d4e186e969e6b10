package org.kerastwin.model;

import org.kerastwin.image.PixelRange;
import org.kerastwin.layers.Activated;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Rescaling;

/**
 * Finds the range of a generator's pixels: that of its last activation, rescaled. An Activation
 * layer with the function linear changes nothing.
 */
final class OutputRange {
  /** Scales such as 1 / 127.5 are rounded in files; half a level of a byte is invisible. */
  private static final double SAME_LEVEL = 0.5 / 255;

  private double black = -1;
  private double white = 1;

  private OutputRange() {}

  /** The range of the pixels that a model gives as a generator; -1 to 1 if it is unknown. */
  static PixelRange of(Sequential model) {
    OutputRange range = new OutputRange();
    for (LayerNode node : model.nodes()) {
      if (node.layer().equals(Activation.LINEAR)) {
        continue;
      }
      if (node.layer() instanceof Activated activated) {
        range.black = isSigmoid(activated.activation()) ? 0 : -1;
        range.white = 1;
      } else if (node.layer() instanceof Rescaling rescaling) {
        range.black = range.black * rescaling.scale() + rescaling.offset();
        range.white = range.white * rescaling.scale() + rescaling.offset();
      }
    }
    return range.isNear(0, 1)
        ? PixelRange.UNIT
        : range.isNear(0, 255) ? PixelRange.BYTE : PixelRange.SYMMETRIC;
  }

  private static boolean isSigmoid(Function function) {
    return function == Function.SIGMOID
        || function == Function.HARD_SIGMOID
        || function == Function.SPARSE_SIGMOID;
  }

  private boolean isNear(double low, double high) {
    double tolerance = SAME_LEVEL * (high - low);
    return Math.abs(black - low) < tolerance && Math.abs(white - high) < tolerance;
  }
}
