package org.kerastwin.savedmodel;

import java.util.Arrays;
import java.util.List;
import org.kerastwin.io.NdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Moves float32 numbers between our arrays and TensorFlow's tensors. */
final class FloatTensors {
  private FloatTensors() {}

  /** A tensor of these values, which the caller closes. */
  static TFloat32 of(float[] values, List<Integer> shape) {
    Shape dimensions = Shape.of(shape.stream().mapToLong(Integer::longValue).toArray());
    return TFloat32.tensorOf(dimensions, DataBuffers.of(values, true, false));
  }

  /** A copy of the tensor. */
  static NdArray toArray(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    List<Integer> shape =
        Arrays.stream(tensor.shape().asArray()).mapToObj(Math::toIntExact).toList();
    return NdArray.ofFloats(values, shape);
  }
}
