package org.kerastwin.weights;

import java.util.List;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * The type and shape of a tensor.
 *
 * @param dtype the type of its elements
 * @param shape the sizes of its dimensions
 */
public record TensorType(DType dtype, List<Integer> shape) {
  /** Keeps a copy. */
  public TensorType {
    shape = List.copyOf(shape);
  }

  /** The type of an array. */
  public static TensorType of(NdArray array) {
    return new TensorType(array.dtype(), array.shape());
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
