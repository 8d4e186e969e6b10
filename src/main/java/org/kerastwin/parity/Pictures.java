package org.kerastwin.parity;

import java.util.List;

/**
 * A comparison to be looked at.
 *
 * @param error absolute errors, as parts of the greatest absolute value that was expected
 * @param sides what was expected and what is ours, in this order, where the tensor is itself a
 *     picture; else nothing
 */
record Pictures(Picture error, List<Picture> sides) {
  static Pictures of(TensorKey key, List<Integer> shape, float[] ours, float[] expected) {
    double size = 0;
    for (float value : expected) {
      size = Math.max(size, Math.abs(value));
    }
    float[] errors = new float[ours.length];
    for (int i = 0; i < errors.length; i++) {
      double error = Math.abs((double) ours[i] - expected[i]);
      errors[i] = (float) Difference.relative(error, size);
    }
    List<Picture> sides =
        key.stage() == Stage.GRID
            ? List.of(Picture.of(expected, shape), Picture.of(ours, shape))
            : List.of();
    return new Pictures(Picture.of(errors, shape), sides);
  }
}
