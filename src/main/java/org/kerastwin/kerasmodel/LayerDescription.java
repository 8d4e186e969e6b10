package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Border;
import org.kerastwin.layers.Size;
import org.kerastwin.layers.Window;
import org.tensorflow.ndarray.Shape;

/**
 * Writes the arguments of one layer as Keras does.
 *
 * @param config the layer's {@code config}
 */
record LayerDescription(ObjectNode config) {
  LayerDescription put(String name, int value) {
    config.put(name, value);
    return this;
  }

  LayerDescription put(String name, double value) {
    config.put(name, value);
    return this;
  }

  LayerDescription put(String name, OptionalDouble value) {
    value.ifPresentOrElse(given -> config.put(name, given), () -> config.putNull(name));
    return this;
  }

  LayerDescription put(String name, boolean value) {
    config.put(name, value);
    return this;
  }

  LayerDescription put(String name, Enum<?> value) {
    config.put(name, value.name().toLowerCase(Locale.ROOT));
    return this;
  }

  LayerDescription put(OptionalInt seed) {
    seed.ifPresentOrElse(given -> config.put("seed", given), () -> config.putNull("seed"));
    return this;
  }

  LayerDescription put(Activation.Function activation) {
    return put("activation", activation);
  }

  LayerDescription put(String name, Size size) {
    config.set(name, pair(size.height(), size.width()));
    return this;
  }

  LayerDescription put(String name, Shape shape) {
    ArrayNode sizes = config.putArray(name);
    for (long size : shape.asArray()) {
      sizes.add(size);
    }
    return this;
  }

  /** A list; null if it is empty, as Keras writes it. */
  LayerDescription put(String name, List<Integer> integers) {
    if (integers.isEmpty()) {
      config.putNull(name);
      return this;
    }
    ArrayNode array = config.putArray(name);
    integers.forEach(array::add);
    return this;
  }

  LayerDescription put(String name, Border border) {
    config
        .putArray(name)
        .add(pair(border.top(), border.bottom()))
        .add(pair(border.left(), border.right()));
    return this;
  }

  LayerDescription putChannelsLast() {
    config.put("data_format", "channels_last");
    return this;
  }

  /** Removes {@code trainable}; a few classes of Keras 3 refuse it. */
  LayerDescription withoutTrainable() {
    config.remove("trainable");
    return this;
  }

  /** The arguments that all convolutions share. A dilation of 1 is the default everywhere. */
  LayerDescription putConvolution(Window window, boolean useBias, Activation.Function activation) {
    put("kernel_size", window.size()).put("strides", window.strides());
    if (!window.dilation().isSquare(1)) {
      put("dilation_rate", window.dilation());
    }
    return put("padding", window.padding())
        .putChannelsLast()
        .put("use_bias", useBias)
        .put(activation);
  }

  /** The window of a pooling. */
  LayerDescription putPool(Window window) {
    return put("pool_size", window.size())
        .put("strides", window.strides())
        .put("padding", window.padding())
        .putChannelsLast();
  }

  private static ArrayNode pair(int first, int second) {
    return JsonNodeFactory.instance.arrayNode().add(first).add(second);
  }
}
