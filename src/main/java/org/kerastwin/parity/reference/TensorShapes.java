package org.kerastwin.parity.reference;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.TensorKey;

/** Checks that a reference has the tensors of a network, by name and shape. */
public final class TensorShapes {
  private TensorShapes() {}

  /**
   * Reports all missing, extra and misshapen tensors at once.
   *
   * @param ours the shapes of our tensors
   * @param needed which tensors of the reference we must have
   * @throws EnvironmentException if there is one
   */
  public static void require(
      Reference reference, Map<TensorKey, List<Integer>> ours, Predicate<TensorKey> needed) {
    Set<String> missing = new TreeSet<>();
    Set<String> extra = new TreeSet<>();
    Set<String> misshapen = new TreeSet<>();
    ours.forEach(
        (key, shape) -> {
          ExpectedTensor tensor = reference.tensors().get(key);
          if (tensor == null) {
            missing.add(key.toString());
          } else if (!tensor.shape().equals(shape)) {
            misshapen.add(key + " " + tensor.shape() + " for " + shape);
          }
        });
    for (TensorKey key : reference.tensors().keySet()) {
      if (!ours.containsKey(key) && needed.test(key)) {
        extra.add(key.toString());
      }
    }
    if (!missing.isEmpty() || !extra.isEmpty() || !misshapen.isEmpty()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the tensors of the network " + reference.meta().variant())
              .received("missing %s, extra %s, misshapen %s".formatted(missing, extra, misshapen))
              .advice("It may come from another version."));
    }
  }
}
