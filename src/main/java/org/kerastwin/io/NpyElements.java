package org.kerastwin.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an {@code .npy} file stores numbers. Types that {@link DType} lacks are read as the next
 * wider one, without loss: booleans as uint8, short integers as int32, uint32 as int64, float16 as
 * float32.
 *
 * @param type the type after reading
 * @param kind NumPy's letter: {@code b}, {@code i}, {@code u} or {@code f}
 * @param bytes the size of a stored element
 * @param order the stored order of bytes
 */
record NpyElements(DType type, char kind, int bytes, ByteOrder order) {
  private static final Pattern DESCRIPTOR = Pattern.compile("[<>|]([biuf][1248])");

  private static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("b1", DType.UINT8),
          Map.entry("u1", DType.UINT8),
          Map.entry("i1", DType.INT32),
          Map.entry("i2", DType.INT32),
          Map.entry("u2", DType.INT32),
          Map.entry("i4", DType.INT32),
          Map.entry("u4", DType.INT64),
          Map.entry("i8", DType.INT64),
          Map.entry("f2", DType.FLOAT32),
          Map.entry("f4", DType.FLOAT32),
          Map.entry("f8", DType.FLOAT64));

  private static final int FLOAT16_FRACTION_BITS = 10;
  private static final int FLOAT16_EXPONENT_BIAS = 15;

  /** The elements of a descriptor such as {@code >f4}; empty if no {@link DType} can hold them. */
  static Optional<NpyElements> of(String descriptor) {
    Matcher parts = DESCRIPTOR.matcher(descriptor);
    if (!parts.matches() || !TYPES.containsKey(parts.group(1))) {
      return Optional.empty();
    }
    String stored = parts.group(1);
    ByteOrder order = descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return Optional.of(
        new NpyElements(TYPES.get(stored), stored.charAt(0), stored.charAt(1) - '0', order));
  }

  /** The stored elements in the type after reading, little-endian. */
  ByteBuffer decode(byte[] stored) {
    if (type.bytes() == bytes && (order == ByteOrder.LITTLE_ENDIAN || bytes == 1)) {
      return ByteBuffer.wrap(stored);
    }
    ByteBuffer in = ByteBuffer.wrap(stored).order(order);
    int elements = stored.length / bytes;
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      decode(in, out);
    }
    return out.flip();
  }

  private void decode(ByteBuffer in, ByteBuffer out) {
    switch (type) {
      case FLOAT32 -> out.putFloat(bytes == 2 ? float16(in.getShort()) : in.getFloat());
      case FLOAT64 -> out.putDouble(in.getDouble());
      case INT32, INT64 -> {
        long number = integer(in);
        if (type == DType.INT32) {
          out.putInt((int) number);
        } else {
          out.putLong(number);
        }
      }
      case UINT8 -> out.put(in.get());
    }
  }

  private long integer(ByteBuffer in) {
    boolean unsigned = kind == 'u';
    return switch (bytes) {
      case 1 -> in.get();
      case 2 -> unsigned ? Short.toUnsignedInt(in.getShort()) : in.getShort();
      case 4 -> unsigned ? Integer.toUnsignedLong(in.getInt()) : in.getInt();
      default -> in.getLong();
    };
  }

  /** IEEE 754 half precision: a sign, 5 bits of exponent, 10 of fraction. */
  private static float float16(short half) {
    int exponent = half >> FLOAT16_FRACTION_BITS & 0x1f;
    int fraction = half & 0x3ff;
    float size =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, 1 - FLOAT16_EXPONENT_BIAS - FLOAT16_FRACTION_BITS);
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default ->
              Math.scalb(
                  (float) (fraction | 1 << FLOAT16_FRACTION_BITS),
                  exponent - FLOAT16_EXPONENT_BIAS - FLOAT16_FRACTION_BITS);
        };
    return half < 0 ? -size : size;
  }
}
