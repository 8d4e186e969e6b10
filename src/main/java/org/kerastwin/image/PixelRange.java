package org.kerastwin.image;

import org.kerastwin.io.NdArray;

/** The range of a generator's pixels, from black to white. */
public enum PixelRange {
  /** -1 to 1, as {@code tanh} gives. */
  SYMMETRIC,
  /** 0 to 1, as a sigmoid gives. */
  UNIT;

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
