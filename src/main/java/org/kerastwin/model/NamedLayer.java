package org.kerastwin.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.layers.Layer;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.ndarray.Shape;

/**
 * A layer with the attributes that Keras gives every layer.
 *
 * @param layer what it computes
 * @param ownName the name that its author gave it; empty for Keras's default
 * @param trainable whether training changes its weights. If not, a batch normalization also uses
 *     its moving statistics in training, as in Keras
 * @param initializers those of the weights, by their names; others have the layer's defaults
 */
public record NamedLayer(
    Layer layer,
    Optional<String> ownName,
    boolean trainable,
    Map<String, Initializer> initializers) {
  /** Keeps a copy. */
  public NamedLayer {
    initializers = Map.copyOf(initializers);
  }

  /** A layer with the default initializers. */
  public NamedLayer(Layer layer, Optional<String> ownName, boolean trainable) {
    this(layer, ownName, trainable, Map.of());
  }

  /** A layer with Keras's defaults. */
  public static NamedLayer of(Layer layer) {
    return new NamedLayer(layer, Optional.empty(), true);
  }

  /** The initializers that differ from the layer's defaults, in the order of the weights. */
  Map<String, Initializer> replacedInitializers(Shape input) {
    Map<String, Initializer> replaced = new LinkedHashMap<>();
    for (WeightSpec weight : layer.weights(input)) {
      Initializer given = initializers.get(weight.name());
      if (given != null && !given.equals(weight.initializer())) {
        replaced.put(weight.name(), given);
      }
    }
    return Collections.unmodifiableMap(replaced);
  }

  /** The same layer, trained. */
  NamedLayer thawed() {
    return new NamedLayer(layer, ownName, true, initializers);
  }

  /** Another layer with these attributes. */
  public NamedLayer with(Layer other) {
    return new NamedLayer(other, ownName, trainable, initializers);
  }
}
