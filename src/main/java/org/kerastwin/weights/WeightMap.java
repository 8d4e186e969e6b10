package org.kerastwin.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;

/**
 * Named tensors in a fixed order, keyed by our variable paths such as {@code
 * generator/conv2d_1/kernel}: the only form in which weights leave or enter a graph.
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

  /** The tensor of that path, which must exist. */
  public NdArray get(String path) {
    NdArray tensor = tensors.get(path);
    if (tensor == null) {
      throw new IllegalArgumentException("no weight has the path '" + path + "'");
    }
    return tensor;
  }

  /** The tensors whose path starts with that prefix, such as {@code generator/}. */
  public WeightMap under(String prefix) {
    Map<String, NdArray> selected = new LinkedHashMap<>(tensors);
    selected.keySet().removeIf(path -> !path.startsWith(prefix));
    return new WeightMap(selected);
  }

  /** These tensors followed by the others. */
  public WeightMap and(WeightMap others) {
    Map<String, NdArray> all = new LinkedHashMap<>(tensors);
    all.putAll(others.tensors);
    return new WeightMap(all);
  }

  /** Whether this map holds exactly the paths, types and shapes of another. */
  public boolean isLike(WeightMap expected) {
    return paths().equals(expected.paths())
        && paths().stream().allMatch(path -> isLike(get(path), expected.get(path)));
  }

  private static boolean isLike(NdArray tensor, NdArray wanted) {
    return tensor.dtype() == wanted.dtype() && tensor.shape().equals(wanted.shape());
  }

  /**
   * Checks that this map holds exactly the paths, types and shapes of another.
   *
   * @param expected what is needed; only types and shapes are read
   * @param where the file these tensors came from, for the message
   * @throws EnvironmentException naming all missing and all extra paths at once, or the first
   *     tensor of a wrong type or shape
   */
  public void requireLike(WeightMap expected, Object where) {
    Set<String> missing = new TreeSet<>(expected.paths());
    missing.removeAll(paths());
    Set<String> extra = new TreeSet<>(paths());
    extra.removeAll(expected.paths());
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new EnvironmentException(
          "weights",
          where,
          "the variables of the model",
          "missing %s, extra %s".formatted(missing, extra),
          "Is it a file of another variant?");
    }
    expected.tensors.forEach(
        (path, wanted) -> {
          NdArray tensor = get(path);
          if (!isLike(tensor, wanted)) {
            throw new EnvironmentException(
                "weights", where + "' at '" + path, wanted.toString(), tensor.toString());
          }
        });
  }
}
