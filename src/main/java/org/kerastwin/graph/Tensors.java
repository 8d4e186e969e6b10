package org.kerastwin.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Copies arrays into native tensors and back, bit for bit. */
public final class Tensors {
  private Tensors() {}

  /** A native copy of the array; the caller closes it. */
  public static Tensor of(NdArray array) {
    // JavaCPP takes only writable buffers.
    byte[] bytes = new byte[array.data().remaining()];
    array.data().get(bytes);
    return Tensor.of(type(array.dtype()), shape(array.shape()), DataBuffers.of(bytes, true, false));
  }

  /** A native copy of float32 values, row-major; the caller closes it. */
  public static TFloat32 of(float[] values, Shape shape) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  /** A copy of the tensor on the Java heap. */
  public static NdArray toNdArray(Tensor tensor) {
    DType dtype = dtype(tensor);
    byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
    tensor.asRawTensor().data().copyTo(DataBuffers.of(bytes, false, false), bytes.length);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new NdArray(dtype, dimensions(tensor.shape()), data);
  }

  /** A static shape as a list. */
  public static List<Integer> dimensions(Shape shape) {
    return Arrays.stream(shape.asArray()).mapToObj(Math::toIntExact).toList();
  }

  /** A list as a static shape. */
  public static Shape shape(List<Integer> dimensions) {
    return Shape.of(dimensions.stream().mapToLong(Integer::longValue).toArray());
  }

  private static Class<? extends TType> type(DType dtype) {
    return switch (dtype) {
      case UINT8 -> TUint8.class;
      case INT32 -> TInt32.class;
      case INT64 -> TInt64.class;
      case FLOAT32 -> TFloat32.class;
      case FLOAT64 -> TFloat64.class;
    };
  }

  static DType dtype(Class<?> type) {
    return Arrays.stream(DType.values())
        .filter(dtype -> type(dtype).isAssignableFrom(type))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("arrays can't hold elements of " + type));
  }

  private static DType dtype(Tensor tensor) {
    return dtype(tensor.getClass());
  }
}
