package org.kerastwin.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.DType;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;

/**
 * Writes HDF5 with jHDF. Version 0.13 writes children in the order of a hash map, and its trailer
 * overwrites a group without children at the end of the file. This class therefore adds a small
 * data set that comes last.
 */
final class Hdf5Writer {
  private static final String MARK = "written_by";

  private Hdf5Writer() {}

  /** Whether a path belongs to the data set that this class adds. */
  static boolean isOwnMark(String path) {
    return path.startsWith(MARK);
  }

  /**
   * The bytes of a file. Parents of groups and data sets are created.
   *
   * @throws EnvironmentException if the temporary file can't be written
   */
  static byte[] bytes(Hdf5Content content) {
    try {
      Path file = Files.createTempFile("kerastwin", ".h5");
      try {
        write(content, file);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException | HdfException e) {
      throw IoFailure.of(
          "temporary file",
          System.getProperty("java.io.tmpdir"),
          "a place that can be written",
          e.getCause() instanceof IOException cause ? cause : e);
    }
  }

  private static void write(Hdf5Content content, Path path) {
    try (WritableHdfFile file = HdfFile.write(path)) {
      Map<String, WritableGroup> groups = new HashMap<>(Map.of("", file));
      content.groups().forEach(group -> group(groups, group));
      content
          .dataSets()
          .forEach(
              (name, array) ->
                  group(groups, parent(name)).putDataset(lastName(name), javaArray(array)));
      content
          .attributes()
          .forEach(
              (group, attributes) ->
                  attributes.forEach(
                      (name, values) ->
                          group(groups, group)
                              .putAttribute(
                                  name,
                                  values.size() == 1 && !name.endsWith("_names")
                                      ? values.get(0)
                                      : values.toArray(new String[0]))));
      file.putDataset(nameOfLast(file.getChildren().keySet()), "Keras Twin");
    }
  }

  private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
    WritableGroup known = groups.get(path);
    if (known == null) {
      known = group(groups, parent(path)).putGroup(lastName(path));
      groups.put(path, known);
    }
    return known;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A name that comes after the others in jHDF's map of children. */
  private static String nameOfLast(Collection<String> siblings) {
    for (int i = 0; ; i++) {
      String name = i == 0 ? MARK : MARK + "_" + i;
      Map<String, Boolean> order = new ConcurrentHashMap<>();
      siblings.forEach(sibling -> order.put(sibling, false));
      order.put(name, true);
      boolean last = false;
      for (boolean own : order.values()) {
        last = own;
      }
      if (last) {
        return name;
      }
    }
  }

  /** Nested arrays, or a boxed scalar. */
  private static Object javaArray(NdArray array) {
    if (array.dtype() == DType.INT64 && array.shape().isEmpty()) {
      return array.longs()[0];
    }
    FloatBuffer values = FloatBuffer.wrap(array.floats());
    int[] sizes = array.shape().stream().mapToInt(Integer::intValue).toArray();
    return sizes.length == 0 ? values.get() : nested(values, sizes, 0);
  }

  private static Object nested(FloatBuffer values, int[] sizes, int axis) {
    if (axis == sizes.length - 1) {
      float[] row = new float[sizes[axis]];
      values.get(row);
      return row;
    }
    int[] rest = Arrays.copyOfRange(sizes, axis, sizes.length);
    Object rows = Array.newInstance(float.class, rest);
    for (int i = 0; i < sizes[axis]; i++) {
      Array.set(rows, i, nested(values, sizes, axis + 1));
    }
    return rows;
  }
}
