package org.kerastwin.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.layers.Layer;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.ndarray.Shape;

/**
 * A layer in a model.
 *
 * @param name the layer's name in the model, as Keras would count it: {@code conv2d_1}
 * @param ownName the name that its author gave it, or the counted one
 * @param layer the layer
 * @param trainable whether training changes its weights
 * @param initializers by the names of weights, those that replace the layer's defaults
 * @param input shape of an input sample
 * @param output shape of an output sample
 */
public record LayerNode(
    String name,
    String ownName,
    Layer layer,
    boolean trainable,
    Map<String, Initializer> initializers,
    Shape input,
    Shape output) {
  /** The weights that the layer needs for its input shape. */
  public List<WeightSpec> weights() {
    return layer.weights(input).stream()
        .map(weight -> trainable ? weight : weight.frozen())
        .map(weight -> weight.with(initializers.getOrDefault(weight.name(), weight.initializer())))
        .toList();
  }

  /** The layer with its attributes. */
  NamedLayer named() {
    return new NamedLayer(layer, Optional.of(ownName), trainable, initializers);
  }
}
