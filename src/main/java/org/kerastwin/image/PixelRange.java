package org.kerastwin.image;

import org.kerastwin.io.NdArray;

/** The range of a generator's pixels, from black to white. */
public enum PixelRange {
  /** -1 to 1, as {@code tanh} gives. */
  SYMMETRIC,
  /** 0 to 1, as a sigmoid gives. */
  UNIT,
  /** 0 to 255, as a rescaled sigmoid gives. */
  BYTE;

  private static final float MIDDLE = 127.5f;

  /** Scales images of this range, float32, to -1..1. */
  public NdArray toSymmetric(NdArray images) {
    if (this == SYMMETRIC) {
      return images;
    }
    float[] pixels = images.floats();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = this == UNIT ? 2 * pixels[i] - 1 : pixels[i] / MIDDLE - 1;
    }
    return NdArray.ofFloats(pixels, images.shape());
  }
}
