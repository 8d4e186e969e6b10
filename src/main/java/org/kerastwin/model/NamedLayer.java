package org.kerastwin.model;

import java.util.Optional;
import org.kerastwin.layers.Layer;

/**
 * A layer with the attributes that Keras gives every layer.
 *
 * @param layer what it computes
 * @param ownName the name that its author gave it; empty for Keras's default
 * @param trainable whether training changes its weights. If not, a batch normalization also uses
 *     its moving statistics in training, as in Keras
 */
public record NamedLayer(Layer layer, Optional<String> ownName, boolean trainable) {
  /** A layer with Keras's defaults. */
  public static NamedLayer of(Layer layer) {
    return new NamedLayer(layer, Optional.empty(), true);
  }

  /** Another layer with these attributes. */
  public NamedLayer with(Layer other) {
    return new NamedLayer(other, ownName, trainable);
  }
}
