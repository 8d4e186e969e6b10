package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.layers.Activation;
import org.tensorflow.ndarray.Shape;

/**
 * The arguments of one layer in Keras's description, each asked for once. In the end those that
 * nobody asked for and that are set are named in an error: nothing is passed over in silence.
 */
final class LayerArguments {
  /** What does not decide a trained layer's output. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "name",
          "trainable",
          "kernel_initializer",
          "bias_initializer",
          "beta_initializer",
          "gamma_initializer",
          "moving_mean_initializer",
          "moving_variance_initializer",
          // Of Keras 2: the model's input, which stands in the description a second time.
          "batch_input_shape",
          // Used by renormalization alone, which is refused.
          "renorm_momentum");

  private final String layer;
  private final JsonNode config;
  private final Set<String> open = new TreeSet<>();

  /**
   * Begins with a layer.
   *
   * @param layer its file, name and class, for messages
   * @param config its {@code config}
   */
  LayerArguments(String layer, JsonNode config) {
    this.layer = layer;
    this.config = config;
    config.fieldNames().forEachRemaining(open::add);
    open.removeAll(WITHOUT_EFFECT);
    requireFloat32();
  }

  private JsonNode take(String name) {
    open.remove(name);
    return config.path(name);
  }

  /** Keras writes a policy's name, or an object around it. */
  private void requireFloat32() {
    JsonNode dtype = take("dtype");
    JsonNode name = dtype.isObject() ? dtype.path("config").path("name") : dtype;
    if (!isAbsent(name) && !name.asText().equals("float32")) {
      throw refused("dtype", "float32", name);
    }
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** A positive integer. */
  int positive(String name) {
    JsonNode value = take(name);
    if (!value.isInt() || value.intValue() < 1) {
      throw refused(name, "a positive integer", value);
    }
    return value.intValue();
  }

  /** A number. */
  double number(String name) {
    JsonNode value = take(name);
    // JSON has no NaN; Jackson refuses Python's.
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw refused(name, "a number", value);
    }
    return value.doubleValue();
  }

  /** A positive integer that is given for height and width. */
  int square(String name) {
    JsonNode value = take(name);
    boolean pair = value.isArray() && value.size() == 2 && value.get(0).equals(value.get(1));
    JsonNode side = pair ? value.get(0) : value;
    if (!side.isInt() || side.intValue() < 1) {
      throw refused(name, "one positive integer for height and width", value);
    }
    return side.intValue();
  }

  /** A list of positive integers. */
  Shape shape(String name) {
    JsonNode value = take(name);
    List<Long> sizes = new ArrayList<>();
    for (JsonNode size : value) {
      sizes.add(size.isInt() && size.intValue() > 0 ? size.longValue() : -1L);
    }
    if (!value.isArray() || sizes.contains(-1L) || sizes.size() > 8) {
      throw refused(name, "a list of positive integers", value);
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  /** An activation function; none is the identity. */
  Activation.Function activation() {
    JsonNode value = take("activation");
    if (isAbsent(value)) {
      return Activation.Function.LINEAR;
    }
    for (Activation.Function function : Activation.Function.values()) {
      if (value.asText().equals(function.name().toLowerCase(Locale.ROOT))) {
        return function;
      }
    }
    throw refused("activation", "linear, tanh or sigmoid", value);
  }

  /**
   * An argument that has only one value here, which is Keras's default where it is not given.
   *
   * @param json the forms in which Keras writes that value, texts without quotes
   */
  LayerArguments only(String name, String... json) {
    JsonNode value = take(name);
    if (!isAbsent(value) && !List.of(json).contains(value.toString().replace("\"", ""))) {
      throw refused(name, json[0], value);
    }
    return this;
  }

  /** Arguments that say what is read elsewhere. */
  LayerArguments without(String... names) {
    open.removeAll(List.of(names));
    return this;
  }

  /** Whether an argument is given. */
  boolean has(String name) {
    return !isAbsent(config.path(name));
  }

  /** Throws if an argument is set that nobody asked for. */
  void requireNoOthers() {
    for (String name : open) {
      if (has(name)) {
        throw refused(name, "none", config.get(name));
      }
    }
  }

  private EnvironmentException refused(String name, String expected, JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return new EnvironmentException(
        "layer",
        layer,
        Excerpt.of(name) + " " + expected,
        Excerpt.of(text),
        "This program has no other.");
  }
}
