package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Border;
import org.kerastwin.layers.Padding;
import org.kerastwin.layers.Size;
import org.kerastwin.layers.Window;
import org.tensorflow.ndarray.Shape;

/**
 * The arguments of one layer in Keras's description, each read once. Arguments that were not read
 * are an error at the end, so none is ignored silently.
 */
final class LayerArguments {
  /** Arguments that do not change the output of a trained layer. */
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
          // The input of a Keras 2 model, which the description repeats.
          "batch_input_shape",
          // Used only by renormalization, which is rejected.
          "renorm_momentum");

  /** Arguments that affect training, but not the output of a trained layer. */
  private static final List<String> IN_TRAINING =
      List.of(
          "kernel_regularizer",
          "bias_regularizer",
          "activity_regularizer",
          "beta_regularizer",
          "gamma_regularizer",
          "kernel_constraint",
          "bias_constraint",
          "beta_constraint",
          "gamma_constraint");

  private static final Map<String, String> OTHER_NAMES =
      Map.of("swish", "silu", "hard_swish", "hard_silu", "exp", "exponential");

  private final String layer;
  private final JsonNode config;
  private final Shape input;
  private final Set<String> open = new TreeSet<>();

  /**
   * Reads the arguments of a layer.
   *
   * @param layer its file, name and class, for messages
   * @param config its {@code config}
   * @param input the shape of a sample that the layer takes
   */
  LayerArguments(String layer, JsonNode config, Shape input) {
    this.layer = layer;
    this.config = config;
    this.input = input;
    config.fieldNames().forEachRemaining(open::add);
    open.removeAll(WITHOUT_EFFECT);
    open.removeAll(IN_TRAINING);
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
    if (!isPositive(value)) {
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

  /** A number, which Keras 2 writes as a float32 widened to double: 0.2 for 0.20000000298. */
  OptionalDouble singlePrecision(String name) {
    if (!has(name)) {
      take(name);
      return OptionalDouble.empty();
    }
    double value = number(name);
    float single = (float) value;
    return OptionalDouble.of(single == value ? Double.parseDouble(Float.toString(single)) : value);
  }

  /** The same with a default value. */
  double singlePrecision(String name, double defaultValue) {
    return singlePrecision(name).orElse(defaultValue);
  }

  /** The seed of a random layer; none is drawn. */
  OptionalInt seed() {
    JsonNode value = take("seed");
    if (isAbsent(value)) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.intValue() < 0) {
      throw refused("seed", "an integer from 0 to 2147483647", value);
    }
    return OptionalInt.of(value.intValue());
  }

  /** A boolean; Keras 1 omits some. */
  boolean flag(String name, boolean defaultValue) {
    JsonNode value = take(name);
    if (isAbsent(value)) {
      return defaultValue;
    }
    if (!value.isBoolean()) {
      throw refused(name, "true or false", value);
    }
    return value.booleanValue();
  }

  /** A boolean that is true by default. */
  boolean flag(String name) {
    return flag(name, true);
  }

  /** One of the constants of an enum, in lower case. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E defaultValue) {
    JsonNode value = take(name);
    if (isAbsent(value)) {
      return defaultValue;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value.asText()))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    name,
                    "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT),
                    value));
  }

  /** Positive integers for height and width, or one for both. */
  Size size(String name) {
    JsonNode value = take(name);
    JsonNode height = value.isArray() ? value.path(0) : value;
    JsonNode width = value.isArray() ? value.path(1) : value;
    if (!isPositive(height) || !isPositive(width) || (value.isArray() && value.size() != 2)) {
      throw refused(name, "positive integers for height and width", value);
    }
    return new Size(height.intValue(), width.intValue());
  }

  private Size size(String name, Size defaultValue) {
    if (has(name)) {
      return size(name);
    }
    take(name);
    return defaultValue;
  }

  private static boolean isPositive(JsonNode value) {
    return value.isInt() && value.intValue() > 0;
  }

  /** The window of a convolution. */
  Window kernel() {
    channelsLast();
    return new Window(
        size("kernel_size"),
        size("strides", Size.ONE),
        choice("padding", Padding.class, Padding.VALID),
        size("dilation_rate", Size.ONE));
  }

  /** The rows and columns that a transposed convolution adds, or one number for both. */
  Optional<Size> outputPadding() {
    String name = "output_padding";
    JsonNode value = take(name);
    return isAbsent(value)
        ? Optional.empty()
        : Optional.of(new Size(side(name, value, 0), side(name, value, 1)));
  }

  /** The window of a pooling, whose strides are its size by default. */
  Window pool() {
    channelsLast();
    Size size = size("pool_size");
    return new Window(size, size("strides", size), choice("padding", Padding.class, Padding.VALID));
  }

  /** Rows and columns at the sides: one number, two for rows and columns, or a pair for each. */
  Border border(String name) {
    JsonNode value = take(name);
    JsonNode rows = value.isArray() ? value.path(0) : value;
    JsonNode columns = value.isArray() ? value.path(1) : value;
    return new Border(
        side(name, rows, 0), side(name, rows, 1), side(name, columns, 0), side(name, columns, 1));
  }

  private int side(String name, JsonNode pair, int index) {
    JsonNode side = pair.isArray() ? pair.path(index) : pair;
    if (!side.isInt() || side.intValue() < 0) {
      throw refused(name, "numbers of rows and columns", config.path(name));
    }
    return side.intValue();
  }

  /** A shape; one size may be -1 and then follows from the input. */
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

  /** Rejects images whose channels come first. */
  LayerArguments channelsLast() {
    return only("data_format", "channels_last");
  }

  /** Rejects an axis that is not the last one of the input; Keras 2 writes {@code [3]}. */
  LayerArguments requireLastAxis(String name) {
    int last = input.numDimensions();
    return only(name, "-1", "[-1]", String.valueOf(last), "[" + last + "]");
  }

  /** The layer, when all arguments are read. */
  <L> L made(L layer) {
    return layer;
  }

  /**
   * Requires the default value of an argument.
   *
   * @param json the JSON texts of that value, strings without quotes; none for null
   */
  LayerArguments only(String name, String... json) {
    JsonNode value = take(name);
    if (!isAbsent(value) && !List.of(json).contains(value.toString().replace("\"", ""))) {
      throw refused(name, json.length == 0 ? "none" : json[0], value);
    }
    return this;
  }

  /** Skips arguments that are read elsewhere. */
  LayerArguments without(String... names) {
    open.removeAll(List.of(names));
    return this;
  }

  /** The initializers that are not Keras's defaults. */
  List<String> otherInitializers() {
    List<String> others = new ArrayList<>();
    config
        .fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode value = config.get(name);
              String className =
                  value.isObject() ? value.path("class_name").asText() : value.asText();
              if (name.endsWith("_initializer")
                  && !isAbsent(value)
                  && !initializer(name)
                      .contains(className.replace("_", "").toLowerCase(Locale.ROOT))) {
                others.add(name + " " + Excerpt.of(className));
              } else if (value.path("config").hasNonNull("seed")) {
                others.add(name + " with a seed");
              }
            });
    return others;
  }

  private static List<String> initializer(String name) {
    return switch (name) {
      case "kernel_initializer" -> List.of("glorotuniform");
      case "gamma_initializer", "moving_variance_initializer" -> List.of("ones");
      default -> List.of("zeros");
    };
  }

  /** The regularizers and constraints of the layer. */
  List<String> inTraining() {
    return IN_TRAINING.stream().filter(this::has).toList();
  }

  /** Whether an argument is given. */
  boolean has(String name) {
    return !isAbsent(config.path(name));
  }

  /** Throws if an argument is set that was not read. */
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
        Problem.with("layer", layer)
            .expected(Excerpt.of(name) + " " + expected)
            .received(Excerpt.of(text))
            .advice("Other values are not supported."));
  }
}
