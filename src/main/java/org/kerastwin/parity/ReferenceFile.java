package org.kerastwin.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

/** Reads references and checks that they are whole, without trusting them. */
public final class ReferenceFile {
  private static final String WHAT = "reference";
  private static final String REMEDY = "tools/export_reference.py makes references.";
  private static final int FORMAT = 1;
  private static final String META = "meta";
  private static final String KERAS = "keras/";
  private static final String JUDGE = "judge/";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Object where;
  private final Map<String, NdArray> arrays;

  private ReferenceFile(Object where, Map<String, NdArray> arrays) {
    this.where = where;
    this.arrays = arrays;
  }

  /**
   * Reads a reference.
   *
   * @throws EnvironmentException if it is missing, cut off, no reference, or not whole
   */
  public static Reference read(Path file) {
    return read(file, file);
  }

  /**
   * Reads a reference.
   *
   * @param where what to call it in messages
   */
  static Reference read(Path file, Object where) {
    return new ReferenceFile(where, Npz.readAll(file)).toReference();
  }

  private Reference toReference() {
    Reference.Meta meta = meta();
    requireWhole(meta);
    Map<TensorKey, Reference.Tensor> tensors = new LinkedHashMap<>();
    meta.shapes()
        .forEach(
            (key, shape) ->
                tensors.put(
                    TensorKey.of(key)
                        .orElseThrow(
                            () -> unusable("stages of this program", "a tensor '" + key + "'")),
                    tensor(key, shape, new Sampling(meta.samples()))));
    return new Reference(where, meta, tensors);
  }

  private Reference.Meta meta() {
    NdArray text = arrays.get(META);
    if (text == null || text.dtype() != DType.UINT8) {
      throw unusable("JSON as bytes under 'meta'", text == null ? "none" : text.toString());
    }
    Reference.Meta meta;
    try {
      meta = JSON.readValue(new String(text.bytes(), StandardCharsets.UTF_8), Reference.Meta.class);
    } catch (JsonProcessingException malformed) {
      String reason = malformed.getOriginalMessage().lines().findFirst().orElse("something else");
      throw unusable("what the exporter writes under 'meta'", reason).causedBy(malformed);
    }
    if (meta.format() != FORMAT) {
      throw unusable("format " + FORMAT, "format " + meta.format());
    }
    if (!meta.isDiscriminator() && meta.generator().isEmpty()) {
      throw unusable("a network of the notebook", "'" + meta.variant() + "'");
    }
    if (meta.batch() < 1 || meta.noiseDim() < 1 || meta.samples() < 0) {
      throw unusable("a batch, noise and samples of a possible size", meta.toString());
    }
    return meta;
  }

  /** Names all missing and extra tensors at once. */
  private void requireWhole(Reference.Meta meta) {
    Set<String> present = new TreeSet<>();
    for (String name : arrays.keySet()) {
      if (!name.equals(META)) {
        present.add(name.startsWith(JUDGE) ? name.substring(JUDGE.length()) : without(name));
      }
    }
    List<String> missing = new ArrayList<>(new TreeSet<>(meta.shapes().keySet()));
    missing.removeIf(key -> arrays.containsKey(KERAS + key));
    present.removeAll(meta.shapes().keySet());
    if (!missing.isEmpty() || !present.isEmpty()) {
      throw unusable(
          "the tensors that 'meta' lists", "missing %s, extra %s".formatted(missing, present));
    }
  }

  private static String without(String name) {
    return name.startsWith(KERAS) ? name.substring(KERAS.length()) : name;
  }

  private Reference.Tensor tensor(String key, List<Integer> shape, Sampling sampling) {
    long elements;
    try {
      elements = NdArray.elements(shape);
    } catch (IllegalArgumentException | NullPointerException impossible) {
      throw unusable("possible shapes", shape + " at '" + key + "'");
    }
    int size = sampling.size(Math.toIntExact(elements));
    Optional<float[]> judge =
        Optional.ofNullable(arrays.get(JUDGE + key)).map(array -> floats(array, JUDGE + key, size));
    return new Reference.Tensor(
        List.copyOf(shape), floats(arrays.get(KERAS + key), KERAS + key, size), judge);
  }

  private float[] floats(NdArray array, String name, int size) {
    if (array.dtype() != DType.FLOAT32 || array.size() != size || size == 0) {
      throw unusable("FLOAT32 [%d] at '%s'".formatted(size, name), array.toString());
    }
    return array.floats();
  }

  private EnvironmentException unusable(String expected, String received) {
    return new EnvironmentException(WHAT, where, expected, received, REMEDY);
  }
}
