package org.kerastwin.io;

import java.nio.ByteBuffer;
import java.util.List;

/** NumPy's Fortran order of elements, in which the index of the first dimension varies fastest. */
final class FortranOrder {
  private FortranOrder() {}

  /**
   * The elements in row-major order, in which the index of the last dimension varies fastest.
   *
   * @param stored elements in Fortran's order
   * @param bytes the size of an element
   */
  static ByteBuffer toRows(ByteBuffer stored, List<Integer> shape, int bytes) {
    int[] strides = new int[shape.size()];
    int elements = 1;
    for (int i = 0; i < strides.length; i++) {
      strides[i] = elements;
      elements *= shape.get(i);
    }
    byte[] rows = new byte[elements * bytes];
    int[] position = new int[strides.length];
    int source = 0;
    for (int target = 0; target < elements; target++) {
      stored.get(source * bytes, rows, target * bytes, bytes);
      for (int i = strides.length - 1; i >= 0; i--) {
        source += strides[i];
        if (++position[i] < shape.get(i)) {
          break;
        }
        source -= strides[i] * position[i];
        position[i] = 0;
      }
    }
    return ByteBuffer.wrap(rows).order(stored.order());
  }
}
