package org.kerastwin.parity.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;

/**
 * Compares the names and shapes of our tensors with those of a reference.
 *
 * @param reference the reference
 * @param ours the shapes of our tensors
 * @param needed which tensors of the reference we must have
 */
public record TensorShapes(
    Reference reference, Map<TensorKey, List<Integer>> ours, Predicate<TensorKey> needed) {

  /**
   * All missing, extra and misshapen tensors, as differences of ours.
   *
   * @throws EnvironmentException if there are some and the reference, a file, may be damaged
   */
  public List<TensorComparison> differences() {
    List<TensorComparison> differences = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    Set<String> extra = new TreeSet<>();
    Set<String> misshapen = new TreeSet<>();
    ours.forEach(
        (key, shape) -> {
          ExpectedTensor tensor = reference.tensors().get(key);
          if (tensor == null) {
            missing.add(key.toString());
            differences.add(difference(key, "none", shape));
          } else if (!tensor.shape().equals(shape)) {
            misshapen.add(key + " " + tensor.shape() + " for " + shape);
            differences.add(difference(key, tensor.shape(), shape));
          }
        });
    reference
        .tensors()
        .forEach(
            (key, tensor) -> {
              if (!ours.containsKey(key) && needed.test(key)) {
                extra.add(key.toString());
                differences.add(difference(key, tensor.shape(), "none"));
              }
            });
    if (!differences.isEmpty() && !reference.isTrusted()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the tensors of the network " + reference.meta().variant())
              .received("missing %s, extra %s, misshapen %s".formatted(missing, extra, misshapen))
              .advice("It may come from another version."));
    }
    return differences;
  }

  private TensorComparison difference(TensorKey key, Object expected, Object received) {
    return TensorComparison.misshapen(reference.meta().variant(), key, expected, received);
  }
}
