package org.kerastwin.model;

import java.util.List;
import org.kerastwin.layers.Activated;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.GlobalAveragePooling2D;
import org.kerastwin.layers.GlobalMaxPooling2D;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;

/**
 * The kind of output of a discriminator. It decides how Keras computes the cross-entropy. Keras:
 * {@code backend/tensorflow/nn.py}, {@code _get_logits}.
 */
public enum DiscriminatorOutput {
  /** Logits: no activation function, and {@code from_logits=True}. */
  LOGITS,
  /** Probabilities straight from a sigmoid; the loss uses the sigmoid's input. */
  SIGMOID,
  /** Probabilities from a sigmoid before another layer, such as Flatten; the loss clips them. */
  PROBABILITIES;

  /**
   * The output of a discriminator.
   *
   * @throws UnfitNetworksException if it gives neither probabilities nor logits
   */
  static DiscriminatorOutput of(Sequential discriminator) {
    List<Layer> layers =
        discriminator.nodes().stream()
            .map(LayerNode::layer)
            .filter(layer -> !layer.equals(Activation.LINEAR))
            .toList();
    int end = layers.size() - 1;
    int at = end;
    while (at > 0 && hasNoFunction(layers.get(at))) {
      at--;
    }
    if (!(layers.get(at) instanceof Activated activated)) {
      throw new UnfitNetworksException(
          "a discriminator that ends in Dense, a convolution or Activation",
          layers.get(end).className());
    }
    return switch (activated.activation()) {
      case LINEAR -> LOGITS;
      case SIGMOID -> at == end ? SIGMOID : PROBABILITIES;
      default -> throw otherFunction(activated.activation());
    };
  }

  private static UnfitNetworksException otherFunction(Activation.Function function) {
    return new UnfitNetworksException(
        "a discriminator that ends in a sigmoid or without an activation", function.kerasName());
  }

  /** As at the end of fully convolutional networks: the output stays a logit or a probability. */
  private static boolean hasNoFunction(Layer layer) {
    return layer instanceof Flatten
        || layer instanceof Reshape
        || layer instanceof GlobalAveragePooling2D
        || layer instanceof GlobalMaxPooling2D;
  }
}
