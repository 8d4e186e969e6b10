package org.kerastwin.parity.compare;

import java.util.List;

/**
 * A comparison as images.
 *
 * @param error absolute errors, relative to the greatest absolute expected value
 * @param sides the expected values and ours, if the tensor is itself a picture; else empty
 */
public record ErrorImages(PixelMap error, List<PixelMap> sides) {
  /** The images of a comparison. */
  public static ErrorImages of(TensorKey key, List<Integer> shape, float[] ours, float[] expected) {
    double greatest = 0;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    float[] errors = new float[ours.length];
    for (int i = 0; i < errors.length; i++) {
      double error = Math.abs((double) ours[i] - expected[i]);
      errors[i] = (float) TensorDifference.relative(error, greatest);
    }
    List<PixelMap> sides =
        key.stage() == Stage.GRID
            ? List.of(PixelMap.of(expected, shape), PixelMap.of(ours, shape))
            : List.of();
    return new ErrorImages(PixelMap.of(errors, shape), sides);
  }
}
