package org.kerastwin.io;

/** The element types of arrays, with NumPy's little-endian descriptors. */
public enum DType {
  /** Unsigned byte, 0 to 255. */
  UINT8("|u1", 1),
  /** Signed 32-bit integer. */
  INT32("<i4", 4),
  /** Signed 64-bit integer. */
  INT64("<i8", 8),
  /** IEEE 754 single precision. */
  FLOAT32("<f4", 4),
  /** IEEE 754 double precision. */
  FLOAT64("<f8", 8);

  private final String descriptor;
  private final int bytes;

  DType(String descriptor, int bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes;
  }

  /** The descriptor in an {@code .npy} header, such as {@code <f4}. */
  public String descriptor() {
    return descriptor;
  }

  /** The size of an element in bytes. */
  public int bytes() {
    return bytes;
  }
}
