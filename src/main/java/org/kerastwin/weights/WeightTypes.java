package org.kerastwin.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;

/**
 * The types and shapes of tensors by path that a file must have. Checking them allocates no
 * tensors, even if the file declares huge ones.
 *
 * @param types path to type and shape, in the order of the variables' creation
 */
public record WeightTypes(Map<String, TensorType> types) {
  /** Keeps an unmodifiable copy in the given order. */
  public WeightTypes {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** The types and shapes of given tensors. */
  public static WeightTypes of(WeightMap weights) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    weights.tensors().forEach((path, tensor) -> types.put(path, TensorType.of(tensor)));
    return new WeightTypes(types);
  }

  /** Whether tensors have exactly these paths, types and shapes. */
  public boolean areOf(WeightMap weights) {
    return equals(of(weights));
  }

  /**
   * Checks that tensors have exactly these paths, types and shapes.
   *
   * @param where the file they came from, for the message
   * @throws EnvironmentException naming all missing and all extra paths at once, or the first
   *     tensor of a wrong type or shape
   */
  public void require(WeightMap found, Object where) {
    Set<String> missing = new TreeSet<>(types.keySet());
    missing.removeAll(found.paths());
    Set<String> extra = new TreeSet<>(found.paths());
    extra.removeAll(types.keySet());
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new EnvironmentException(
          Problem.with("weights", where)
              .expected("the variables of the model")
              .received("missing %s, extra %s".formatted(missing, Excerpt.of(extra)))
              .advice("It may be a file of another variant."));
    }
    types.forEach(
        (path, wanted) -> {
          NdArray tensor = found.get(path);
          if (!wanted.equals(TensorType.of(tensor))) {
            throw new EnvironmentException(
                Problem.with("weights", "%s[%s]".formatted(where, path))
                    .expected(wanted.toString())
                    .received(tensor));
          }
        });
  }
}
