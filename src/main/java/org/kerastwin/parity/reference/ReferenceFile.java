package org.kerastwin.parity.reference;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.layers.Precision;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.SampledElements;
import org.kerastwin.parity.compare.TensorKey;

/** Reads untrusted reference files: every size is checked before it is used. */
public final class ReferenceFile {
  private static final String REMEDY = "Make a reference with tools/export_reference.py.";
  private static final String META = "meta";
  private static final String KERAS = "keras/";

  /** The prefix of the results in float64, minus those in float32. */
  private static final String FLOAT64 = "judge/";

  private static final String FILE = "file/";

  private final Object where;
  private final Map<String, NdArray> arrays;

  private ReferenceFile(Object where, Map<String, NdArray> arrays) {
    this.where = where;
    this.arrays = arrays;
  }

  /**
   * Reads a reference.
   *
   * @throws EnvironmentException if it is missing, truncated, incomplete or not a reference
   */
  public static Reference read(Path file) {
    return read(file, file);
  }

  /**
   * Reads a reference of models in a given precision.
   *
   * @throws EnvironmentException if they have another precision, or the file is no reference
   */
  public static Reference read(Path file, Precision precision) {
    Reference read = read(file);
    Precision found = read.meta().precision();
    if (found != precision) {
      throw new EnvironmentException(
          Problem.with("reference", file)
              .expected("models in " + precision)
              .received(found.toString()));
    }
    return read;
  }

  /**
   * Reads a reference.
   *
   * @param where its name in messages
   */
  static Reference read(Path file, Object where) {
    return new ReferenceFile(where, Npz.readAll(file)).toReference();
  }

  private Reference toReference() {
    Reference.Meta meta = meta();
    requireWhole(meta);
    Map<TensorKey, ExpectedTensor> tensors = new LinkedHashMap<>();
    meta.shapes()
        .forEach(
            (name, shape) -> {
              TensorKey key =
                  TensorKey.of(name)
                      .orElseThrow(() -> damaged("known stages", "a tensor '" + name + "'"));
              tensors.put(
                  key,
                  tensor(
                      key,
                      shape,
                      SampledElements.of(key, meta.samples()),
                      meta.kinks().getOrDefault(name, 0.0)));
            });
    return new Reference(where, meta, files(), tensors);
  }

  private Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(FILE)) {
            if (array.dtype() != DType.UINT8) {
              throw damaged("bytes at '" + name + "'", array.toString());
            }
            files.put(name.substring(FILE.length()), array.bytes());
          }
        });
    return files;
  }

  private Reference.Meta meta() {
    NdArray text = arrays.get(META);
    if (text == null || text.dtype() != DType.UINT8) {
      throw damaged("JSON as bytes under 'meta'", text == null ? "none" : text.toString());
    }
    return new MetaJson(where).read(new String(text.bytes(), StandardCharsets.UTF_8));
  }

  /** Lists all missing and extra tensors at once. */
  private void requireWhole(Reference.Meta meta) {
    Set<String> extra = new TreeSet<>();
    for (String name : arrays.keySet()) {
      if (!name.equals(META) && !name.startsWith(FILE)) {
        extra.add(name.startsWith(FLOAT64) ? name.substring(FLOAT64.length()) : without(name));
      }
    }
    List<String> missing = new ArrayList<>(new TreeSet<>(meta.shapes().keySet()));
    missing.removeIf(key -> arrays.containsKey(KERAS + key));
    extra.removeAll(meta.shapes().keySet());
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw damaged(
          "the tensors that 'meta' lists", "missing %s, extra %s".formatted(missing, extra));
    }
  }

  private static String without(String name) {
    return name.startsWith(KERAS) ? name.substring(KERAS.length()) : name;
  }

  private ExpectedTensor tensor(
      TensorKey key, List<Integer> shape, SampledElements sampling, double kink) {
    long elements;
    try {
      elements = NdArray.elements(shape);
    } catch (IllegalArgumentException | NullPointerException impossible) {
      throw damaged("valid shapes", shape + " at '" + key + "'");
    }
    int size = sampling.size(Math.toIntExact(elements));
    float[] keras = floats(KERAS + key, size);
    Optional<float[]> toFloat64 =
        key.hasFloat64() ? Optional.of(finite(FLOAT64 + key, size)) : Optional.empty();
    return new ExpectedTensor(List.copyOf(shape), keras, toFloat64, kink);
  }

  private float[] finite(String name, int size) {
    float[] values = floats(name, size);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw damaged("finite numbers at '" + name + "'", String.valueOf(value));
      }
    }
    return values;
  }

  private float[] floats(String name, int size) {
    NdArray array = arrays.get(name);
    if (array == null || array.dtype() != DType.FLOAT32 || array.size() != size || size == 0) {
      throw damaged("FLOAT32 [%d] at '%s'".formatted(size, name), String.valueOf(array));
    }
    return array.floats();
  }

  private EnvironmentException damaged(String expected, String received) {
    return damaged(where, expected, received);
  }

  /** The exception for a reference that is not as the exporter writes it. */
  static EnvironmentException damaged(Object where, String expected, String received) {
    return new EnvironmentException(
        Problem.with("reference", where).expected(expected).received(received).advice(REMEDY));
  }
}
