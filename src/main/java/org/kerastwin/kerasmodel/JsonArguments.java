package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;

/**
 * Typed access to the arguments of one layer in Keras's description. An argument that is set and
 * was not read is an error at the end, so none is ignored silently.
 */
class JsonArguments {
  /** Arguments that change neither the output nor training. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "name",
          "trainable",
          // The input of a Keras 2 model, which the description repeats.
          "batch_input_shape",
          // Used only by renormalization, which is rejected.
          "renorm_momentum");

  private final String layer;
  private final JsonNode config;
  private final Set<String> open = new TreeSet<>();

  /**
   * Begins to read the arguments of a layer.
   *
   * @param layer its file, name and class, for messages
   * @param config its {@code config}
   * @throws EnvironmentException if the layer computes with numbers other than floats
   */
  JsonArguments(String layer, JsonNode config) {
    this.layer = layer;
    this.config = config;
    config.fieldNames().forEachRemaining(open::add);
    open.removeAll(WITHOUT_EFFECT);
    open.removeAll(TrainingArguments.INITIALIZERS);
    open.removeAll(TrainingArguments.REGULARIZERS_AND_CONSTRAINTS);
    requireFloats();
  }

  /** Accepts every policy of floats, though all layers compute in float32. */
  private void requireFloats() {
    take("dtype");
    TrainingArguments arguments = new TrainingArguments(config);
    if (!TrainingArguments.POLICIES.contains(arguments.policy())) {
      throw refused("dtype", "a policy of floats", config.path("dtype"));
    }
  }

  /** The value of an argument, which counts as read. */
  final JsonNode take(String name) {
    open.remove(name);
    return config.path(name);
  }

  static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  static boolean isPositive(JsonNode value) {
    return value.isInt() && value.intValue() > 0;
  }

  /** Whether an argument is given. */
  final boolean has(String name) {
    return !isAbsent(config.path(name));
  }

  /** A positive integer. */
  final int positive(String name) {
    JsonNode value = take(name);
    if (!isPositive(value)) {
      throw refused(name, "a positive integer", value);
    }
    return value.intValue();
  }

  /** The same with a default value. */
  final int positive(String name, int defaultValue) {
    return has(name) ? positive(name) : defaultValue;
  }

  final double number(String name) {
    JsonNode value = take(name);
    // JSON has no NaN; Jackson refuses Python's.
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw refused(name, "a number", value);
    }
    return value.doubleValue();
  }

  /** The same with a default value. */
  final double number(String name, double defaultValue) {
    return has(name) ? number(name) : defaultValue;
  }

  /** A list of integers, or one; empty if there is none. */
  final List<Integer> integers(String name) {
    JsonNode value = take(name);
    List<Integer> integers = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (!isAbsent(each) && !each.isInt()) {
        throw refused(name, "a list of integers", value);
      }
      if (!isAbsent(each)) {
        integers.add(each.intValue());
      }
    }
    return integers;
  }

  /**
   * A number. Keras 2 writes a float32 widened to double, such as 0.20000000298; this gives 0.2.
   */
  final OptionalDouble singlePrecision(String name) {
    if (!has(name)) {
      return OptionalDouble.empty();
    }
    double value = number(name);
    float single = (float) value;
    return OptionalDouble.of(single == value ? Double.parseDouble(Float.toString(single)) : value);
  }

  /** The same with a default value. */
  final double singlePrecision(String name, double defaultValue) {
    return singlePrecision(name).orElse(defaultValue);
  }

  /** The seed of a random layer; empty if the layer draws one. */
  final OptionalInt seed() {
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
  final boolean flag(String name, boolean defaultValue) {
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
  final boolean flag(String name) {
    return flag(name, true);
  }

  /** One of the constants of an enum, in lower case. */
  final <E extends Enum<E>> E choice(String name, Class<E> type, E defaultValue) {
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

  /**
   * Requires the default value of an argument.
   *
   * @param json the JSON texts of that value, strings without quotes; none for null
   */
  final void require(String name, String... json) {
    JsonNode value = take(name);
    if (!isAbsent(value) && !List.of(json).contains(value.toString().replace("\"", ""))) {
      throw refused(name, json.length == 0 ? "none" : json[0], value);
    }
  }

  /** Throws if an argument is set that was not read. */
  final void requireNoOthers() {
    for (String name : open) {
      if (has(name)) {
        throw refused(name, "none", config.get(name));
      }
    }
  }

  final EnvironmentException refused(String name, String expected, JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return new EnvironmentException(
        Problem.with("layer", layer)
            .expected(Excerpt.of(name) + " " + expected)
            .received(Excerpt.of(text))
            .advice("Other values are not supported."));
  }
}
