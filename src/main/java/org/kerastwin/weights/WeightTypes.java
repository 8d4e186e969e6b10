package org.kerastwin.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Types and shapes of tensors by path: what a file must hold. No tensor of them is made, however
 * large a file says that they are.
 *
 * @param types path to type and shape, in the order of the variables' creation
 */
public record WeightTypes(Map<String, Type> types) {
  /** Keeps an unmodifiable copy in the given order. */
  public WeightTypes {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /**
   * What one tensor must be.
   *
   * @param dtype type of its elements
   * @param shape sizes of its dimensions
   */
  public record Type(DType dtype, List<Integer> shape) {
    /** Keeps a copy. */
    public Type {
      shape = List.copyOf(shape);
    }

    /** Float32 of that shape. */
    public static Type floats(List<Integer> shape) {
      return new Type(DType.FLOAT32, shape);
    }

    private boolean isOf(NdArray tensor) {
      return tensor.dtype() == dtype && tensor.shape().equals(shape);
    }

    @Override
    public String toString() {
      return dtype + " " + shape;
    }
  }

  /** Those that tensors have. */
  public static WeightTypes of(WeightMap weights) {
    Map<String, Type> types = new LinkedHashMap<>();
    weights
        .tensors()
        .forEach((path, tensor) -> types.put(path, new Type(tensor.dtype(), tensor.shape())));
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
          "weights",
          where,
          "the variables of the model",
          "missing %s, extra %s".formatted(missing, Excerpt.of(extra)),
          "Is it a file of another variant?");
    }
    types.forEach(
        (path, wanted) -> {
          NdArray tensor = found.get(path);
          if (!wanted.isOf(tensor)) {
            throw new EnvironmentException(
                "weights", "%s[%s]".formatted(where, path), wanted.toString(), tensor.toString());
          }
        });
  }
}
