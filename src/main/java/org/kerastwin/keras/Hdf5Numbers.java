package org.kerastwin.keras;

import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.FileLimits;
import org.kerastwin.io.NdArray;

/**
 * Reads the data sets of one HDF5 file as arrays: floats (float64 rounded to float32, as Keras
 * does) and signed integers, in either byte order, contiguous or in chunks, compressed or not. NaN
 * and infinities are read as they are.
 */
final class Hdf5Numbers {
  private static final String WHAT = "weights";

  /** Exponent bits by size in bytes: float16, float32 and float64 of IEEE 754. */
  private static final Map<Integer, Integer> EXPONENT_BITS = Map.of(2, 5, 4, 8, 8, 11);

  private final Object where;
  private final long fileBytes;
  private long plainBytes;
  private long storedBytes;
  private long filteredBytes;

  /** Reads a file of that size. */
  Hdf5Numbers(Object where, long fileBytes) {
    this.where = where;
    this.fileBytes = fileBytes;
  }

  /**
   * Reads one data set.
   *
   * @return float32, or int64 for integers
   * @throws EnvironmentException if it declares more than the file can hold, or has another type
   */
  NdArray read(Dataset dataset, String path) {
    DataType type = dataset.getDataType();
    boolean known =
        (type instanceof FloatingPoint floats && isIeee(floats))
            || (type instanceof FixedPoint integer && integer.isSigned());
    if (!known) {
      throw otherType(type, path);
    }
    requirePlausible(dataset, path);
    List<Integer> shape = Arrays.stream(dataset.getDimensions()).boxed().toList();
    Object flat = dataset.getDataFlat();
    if (flat instanceof float[] floats) {
      return NdArray.ofFloats(floats, shape);
    }
    if (flat instanceof double[] doubles) {
      float[] rounded = new float[doubles.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) doubles[i];
      }
      return NdArray.ofFloats(rounded, shape);
    }
    if (flat instanceof long[] longs) {
      return NdArray.ofLongs(longs, shape);
    }
    if (flat instanceof int[] integers) {
      return NdArray.ofLongs(Arrays.stream(integers).asLongStream().toArray(), shape);
    }
    throw otherType(type, path);
  }

  /** Other formats, such as bfloat16, would give wrong numbers. */
  private static boolean isIeee(FloatingPoint type) {
    return EXPONENT_BITS.getOrDefault(type.getSize(), 0) == type.getExponentSize();
  }

  private EnvironmentException otherType(DataType type, String path) {
    return new EnvironmentException(
        Problem.with(WHAT, at(path))
            .expected("float32 numbers")
            .received("elements of %d bits of another type".formatted(type.getSize() * Byte.SIZE)));
  }

  /** Checks the sum over all data sets and chunks, since several may refer to the same bytes. */
  private void requirePlausible(Dataset dataset, String path) {
    long bytes = Math.max(0, declaredBytes(dataset));
    if (dataset.getFilters().isEmpty()) {
      plainBytes = Math.addExact(plainBytes, bytes);
    } else {
      filteredBytes = Math.addExact(filteredBytes, bytes);
      storedBytes = Math.addExact(storedBytes, dataset.getStorageInBytes());
    }
    long most = Math.min(FileLimits.BYTES, fileBytes * FileLimits.DEFLATE_RATIO);
    if (plainBytes > fileBytes || storedBytes > fileBytes || filteredBytes > most) {
      throw new EnvironmentException(
          Problem.with(WHAT, at(path))
              .expected("data that fits in the file's %d bytes".formatted(fileBytes))
              .received("the shape %s".formatted(Arrays.toString(dataset.getDimensionsAsLong())))
              .advice("Copy or create the file again."));
    }
  }

  private static long declaredBytes(Dataset dataset) {
    long bytes = dataset.getDataType().getSize();
    for (long dimension : dataset.getDimensionsAsLong()) {
      bytes = Math.multiplyExact(bytes, dimension);
    }
    return bytes;
  }

  private String at(String path) {
    return "%s[%s]".formatted(where, Excerpt.of(path));
  }
}
