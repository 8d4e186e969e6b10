package org.kerastwin.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An immutable n-dimensional array in row-major order, as in {@code .npy} files. Files, weights and
 * graphs exchange numbers in this form.
 */
public final class NdArray {
  private final DType dtype;
  private final List<Integer> shape;
  private final ByteBuffer data;

  /**
   * Wraps elements without copying them; the caller must not change the buffer afterwards.
   *
   * @param dtype type of the elements
   * @param shape sizes of the dimensions; empty for a scalar
   * @param data the elements, little-endian, from position 0 to the limit
   * @throws IllegalArgumentException if the buffer's length does not match type and shape
   */
  public NdArray(DType dtype, List<Integer> shape, ByteBuffer data) {
    this.dtype = dtype;
    this.shape = List.copyOf(shape);
    this.data = data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).rewind();
    long needed = elements(shape) * dtype.bytes();
    if (this.data.limit() != needed) {
      throw new IllegalArgumentException(
          "expected %d bytes for %s %s, received %d"
              .formatted(needed, dtype, shape, this.data.limit()));
    }
  }

  /** A float32 array of that shape. */
  public static NdArray ofFloats(float[] values, List<Integer> shape) {
    ByteBuffer data = allocate(values.length, DType.FLOAT32);
    data.asFloatBuffer().put(values);
    return new NdArray(DType.FLOAT32, shape, data);
  }

  /** An int64 array of that shape. */
  public static NdArray ofLongs(long[] values, List<Integer> shape) {
    ByteBuffer data = allocate(values.length, DType.INT64);
    data.asLongBuffer().put(values);
    return new NdArray(DType.INT64, shape, data);
  }

  /** An array of unsigned bytes of that shape. */
  public static NdArray ofBytes(byte[] values, List<Integer> shape) {
    return new NdArray(DType.UINT8, shape, ByteBuffer.wrap(values.clone()));
  }

  /**
   * The number of elements of a shape.
   *
   * @throws IllegalArgumentException if a dimension is negative or the number exceeds 2^31 - 1
   */
  public static long elements(List<Integer> shape) {
    long elements = 1;
    for (int dimension : shape) {
      elements *= dimension;
      if (dimension < 0 || elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("no array can have the shape " + shape);
      }
    }
    return elements;
  }

  /** Converts a row-major index to an index in each dimension. */
  public static List<Integer> position(int flat, List<Integer> shape) {
    Integer[] position = new Integer[shape.size()];
    int rest = flat;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return List.of(position);
  }

  private static ByteBuffer allocate(int elements, DType dtype) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, dtype.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The type of the elements. */
  public DType dtype() {
    return dtype;
  }

  /** The sizes of the dimensions; empty for a scalar. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return data.limit() / dtype.bytes();
  }

  /** A read-only, little-endian view of the elements. */
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A view of some rows, the elements of the first dimension.
   *
   * @param from the first row
   * @param to the row after the last
   * @throws IndexOutOfBoundsException if there are no such rows
   */
  public NdArray rows(int from, int to) {
    Objects.checkFromToIndex(from, to, shape.get(0));
    int rowBytes = shape.get(0) == 0 ? 0 : data.limit() / shape.get(0);
    List<Integer> rowsShape = new ArrayList<>(shape);
    rowsShape.set(0, to - from);
    return new NdArray(dtype, rowsShape, data.slice(from * rowBytes, (to - from) * rowBytes));
  }

  /**
   * A copy of the elements.
   *
   * @throws IllegalStateException if they are not float32
   */
  public float[] floats() {
    require(DType.FLOAT32);
    float[] values = new float[size()];
    data().asFloatBuffer().get(values);
    return values;
  }

  /**
   * A copy of the elements.
   *
   * @throws IllegalStateException if they are not int64
   */
  public long[] longs() {
    require(DType.INT64);
    long[] values = new long[size()];
    data().asLongBuffer().get(values);
    return values;
  }

  /**
   * A copy of the elements.
   *
   * @throws IllegalStateException if they are not unsigned bytes
   */
  public byte[] bytes() {
    require(DType.UINT8);
    byte[] values = new byte[size()];
    data().get(values);
    return values;
  }

  /** A float64 array rounded to float32; any other array unchanged. */
  public NdArray roundedToFloat32() {
    if (dtype != DType.FLOAT64) {
      return this;
    }
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) data.getDouble(i * Double.BYTES);
    }
    return ofFloats(values, shape);
  }

  /** An int64 array as float32, exact up to 2^24; any other array unchanged. */
  public NdArray longsAsFloat32() {
    if (dtype != DType.INT64) {
      return this;
    }
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getLong(i * Long.BYTES);
    }
    return ofFloats(values, shape);
  }

  private void require(DType wanted) {
    if (dtype != wanted) {
      throw new IllegalStateException("expected %s, received %s".formatted(wanted, dtype));
    }
  }

  /** Whether type, shape and every bit of the elements are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NdArray that
        && dtype == that.dtype
        && shape.equals(that.shape)
        && data.equals(that.data);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + data.hashCode();
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
