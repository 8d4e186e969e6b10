package org.kerastwin.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names the layers of one model in order. Every layer has two names: one counted by its class,
 * which makes the paths of its weights, and its own, which users see. In Keras, an own name is
 * unique in its model and has no slash; those of nested models and of Keras 2 may break both rules.
 */
final class LayerNames {
  private final Map<String, Integer> classes = new HashMap<>();
  private final Set<String> own = new HashSet<>();

  /** The name by class: {@code conv2d} for the first Conv2D, {@code conv2d_1} for the second. */
  String counted(NamedLayer named) {
    String name = named.layer().defaultName();
    int earlier = classes.merge(name, 1, Integer::sum) - 1;
    return earlier == 0 ? name : name + "_" + earlier;
  }

  /**
   * The own name, or the counted one if it has none. Slashes become underscores, and a name that an
   * earlier layer has gets a number.
   */
  String own(NamedLayer named, String counted) {
    String wanted =
        named
            .ownName()
            .map(name -> name.replace('/', '_'))
            .filter(name -> !name.isEmpty())
            .orElse(counted);
    String unique = wanted;
    for (int number = 1; !own.add(unique); number++) {
      unique = wanted + "_" + number;
    }
    return unique;
  }
}
