package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Border;
import org.kerastwin.layers.Padding;
import org.kerastwin.layers.Size;
import org.kerastwin.layers.Window;
import org.tensorflow.ndarray.Shape;

/** The arguments of one layer in Keras's description, as the types that our layers take. */
final class LayerArguments extends JsonArguments {
  private static final Map<String, String> OTHER_NAMES =
      Map.of("swish", "silu", "hard_swish", "hard_silu", "exp", "exponential");

  private final Shape input;

  /**
   * Begins to read the arguments of a layer.
   *
   * @param layer its file, name and class, for messages
   * @param config its {@code config}
   * @param input the shape of a sample that the layer takes
   */
  LayerArguments(String layer, JsonNode config, Shape input) {
    super(layer, config);
    this.input = input;
  }

  /** Requires the default value of an argument, as {@link #require} does. */
  LayerArguments only(String name, String... json) {
    require(name, json);
    return this;
  }

  /** Rejects images whose channels come first. */
  LayerArguments channelsLast() {
    return only("data_format", "channels_last");
  }

  /** Rejects an axis that is not the last one of the input; Keras 2 writes {@code [3]}. */
  LayerArguments requireLastAxis(String name) {
    int last = input.numDimensions();
    return only(name, "-1", "[-1]", String.valueOf(last), "[" + last + "]");
  }

  /** Positive integers for height and width, or one for both. */
  private Size size(String name) {
    JsonNode value = take(name);
    JsonNode height = value.isArray() ? value.path(0) : value;
    JsonNode width = value.isArray() ? value.path(1) : value;
    if (!isPositive(height) || !isPositive(width) || (value.isArray() && value.size() != 2)) {
      throw refused(name, "positive integers for height and width", value);
    }
    return new Size(height.intValue(), width.intValue());
  }

  /** The same with a default value. */
  Size size(String name, Size defaultValue) {
    return has(name) ? size(name) : defaultValue;
  }

  /** The window of a convolution without groups. */
  Window kernel() {
    channelsLast().only("groups", "1");
    return new Window(
        size("kernel_size"),
        size("strides", Size.ONE),
        choice("padding", Padding.class, Padding.VALID),
        size("dilation_rate", Size.ONE));
  }

  /** The window of a pooling, whose strides are its size by default. */
  Window pool() {
    channelsLast();
    Size size = size("pool_size", Size.square(2));
    return new Window(size, size("strides", size), choice("padding", Padding.class, Padding.VALID));
  }

  /** The rows and columns that a transposed convolution adds, or one number for both. */
  Optional<Size> outputPadding() {
    String name = "output_padding";
    JsonNode value = take(name);
    return isAbsent(value)
        ? Optional.empty()
        : Optional.of(new Size(side(name, value, 0), side(name, value, 1)));
  }

  /**
   * Rows and columns at the sides: one number, two for rows and columns, or a pair for each.
   *
   * @param defaultValue for all sides
   */
  Border border(String name, int defaultValue) {
    JsonNode value = take(name);
    if (isAbsent(value)) {
      return new Border(defaultValue, defaultValue, defaultValue, defaultValue);
    }
    JsonNode rows = value.isArray() ? value.path(0) : value;
    JsonNode columns = value.isArray() ? value.path(1) : value;
    return new Border(
        side(name, rows, 0), side(name, rows, 1), side(name, columns, 0), side(name, columns, 1));
  }

  private int side(String name, JsonNode pair, int index) {
    JsonNode side = pair.isArray() ? pair.path(index) : pair;
    if (!side.isInt() || side.intValue() < 0) {
      throw refused(name, "numbers of rows and columns", take(name));
    }
    return side.intValue();
  }

  /** A shape. One size may be -1; it is computed from the input. */
  Shape targetShape() {
    String name = "target_shape";
    JsonNode value = take(name);
    long[] sizes = new long[value.size()];
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      JsonNode size = value.get(i);
      boolean follows = size.isInt() && size.intValue() == -1 && open < 0;
      if ((!follows && !isPositive(size)) || sizes.length > 8) {
        throw refused(name, "a list of positive integers", value);
      }
      open = follows ? i : open;
      sizes[i] = size.longValue();
      known *= follows ? 1 : Math.min(sizes[i], Integer.MAX_VALUE);
      if (known > Integer.MAX_VALUE) {
        throw refused(name, "sizes with a product below 2^31", value);
      }
    }
    if (!value.isArray()) {
      throw refused(name, "a list of positive integers", value);
    }
    if (open >= 0) {
      sizes[open] = Math.max(1, input.size() / known);
    }
    return Shape.of(sizes);
  }

  /** An activation function, a name or a function's description; null is the identity. */
  Activation.Function activation() {
    JsonNode value = take("activation");
    if (isAbsent(value)) {
      return Activation.Function.LINEAR;
    }
    boolean isFunction = value.path("class_name").asText().equals("function");
    String given = (isFunction ? value.path("config") : value).asText();
    String name = OTHER_NAMES.getOrDefault(given, given);
    for (Activation.Function function : Activation.Function.values()) {
      if (name.equals(function.kerasName())) {
        return function;
      }
    }
    throw refused(
        "activation",
        Arrays.stream(Activation.Function.values())
            .map(Activation.Function::kerasName)
            .collect(Collectors.joining(", ")),
        value);
  }
}
