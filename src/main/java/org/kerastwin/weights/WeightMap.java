package org.kerastwin.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Named tensors in a fixed order, by variable paths such as {@code generator/conv2d_1/kernel}.
 * Weights enter and leave graphs only in this form.
 *
 * @param tensors path to values, in the order of the variables' creation
 */
public record WeightMap(Map<String, NdArray> tensors) {
  /** Keeps an unmodifiable copy in the given order. */
  public WeightMap {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** The paths in order. */
  public Set<String> paths() {
    return tensors.keySet();
  }

  /** The tensor with this path, which must exist. */
  public NdArray get(String path) {
    NdArray tensor = tensors.get(path);
    if (tensor == null) {
      throw new IllegalArgumentException("no weight has the path '" + path + "'");
    }
    return tensor;
  }

  /** The tensors whose path starts with a prefix such as {@code generator/}. */
  public WeightMap under(String prefix) {
    Map<String, NdArray> selected = new LinkedHashMap<>(tensors);
    selected.keySet().removeIf(path -> !path.startsWith(prefix));
    return new WeightMap(selected);
  }

  /** The weights of a model, and the seeds of its random layers. */
  public WeightMap ofModel(String model) {
    return under(VariablePaths.prefix(model));
  }

  /** The tensors that are not seeds of random layers. */
  public WeightMap withoutSeeds() {
    Map<String, NdArray> selected = new LinkedHashMap<>(tensors);
    selected.keySet().removeIf(VariablePaths::isSeed);
    return new WeightMap(selected);
  }

  /** The first float32 number that is not finite, with the path of its tensor. */
  public Optional<Map.Entry<String, Float>> firstNotFinite() {
    for (Map.Entry<String, NdArray> tensor : tensors.entrySet()) {
      if (tensor.getValue().dtype() == DType.FLOAT32) {
        for (float value : tensor.getValue().floats()) {
          if (!Float.isFinite(value)) {
            return Optional.of(Map.entry(tensor.getKey(), value));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** These tensors followed by the others. */
  public WeightMap and(WeightMap others) {
    Map<String, NdArray> all = new LinkedHashMap<>(tensors);
    all.putAll(others.tensors);
    return new WeightMap(all);
  }
}
