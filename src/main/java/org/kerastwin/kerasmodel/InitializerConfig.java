package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.kerastwin.layers.DepthwiseConv2D;
import org.kerastwin.layers.Layer;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.Initializer.Distribution;
import org.kerastwin.weights.Initializer.Mode;

/**
 * Keras's descriptions of initializers: a class with its arguments, such as {@code RandomNormal},
 * or a name, such as {@code he_normal}, for the default arguments.
 */
final class InitializerConfig {
  private static final String SUFFIX = "_initializer";
  private static final String KERNEL = "kernel";

  /** The default of {@code stddev}, {@code maxval} and {@code -minval}. */
  private static final double SMALL = 0.05;

  /** TensorFlow takes larger seeds modulo this number, 2^31 - 2. */
  private static final int MAX_SEED = Integer.MAX_VALUE - 2;

  private static final List<String> NUMBERS =
      List.of("value", "minval", "maxval", "mean", "stddev", "scale");

  private final JsonNode config;

  private InitializerConfig(JsonNode config) {
    this.config = config;
  }

  /** The class or the name of an initializer. */
  static String className(JsonNode json) {
    return json.isObject() ? json.path("class_name").asText() : json.asText();
  }

  /** The initializer; empty if this program lacks it. */
  static Optional<Initializer> read(JsonNode json) {
    InitializerConfig config = new InitializerConfig(json.path("config"));
    return config.isReadable()
        ? config.named(className(json).replace("_", "").toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /**
   * The description of an initializer.
   *
   * @param described makes Keras's description of a class from its name and its arguments
   */
  static ObjectNode write(
      Initializer initializer, BiFunction<String, ObjectNode, ObjectNode> described) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    String className = initializer.getClass().getSimpleName();
    if (initializer instanceof Initializer.Constant constant) {
      return described.apply(className, config.put("value", constant.value()));
    }
    if (initializer instanceof Initializer.RandomUniform uniform) {
      config.put("minval", uniform.minimum()).put("maxval", uniform.maximum());
    } else if (initializer instanceof Initializer.RandomNormal normal) {
      className = normal.truncated() ? "TruncatedNormal" : className;
      config.put("mean", normal.mean()).put("stddev", normal.stddev());
    } else if (initializer instanceof Initializer.VarianceScaling scaling) {
      config.put("scale", scaling.scale()).put("mode", lowerCase(scaling.mode().name()));
      config.put("distribution", distribution(scaling));
    }
    config.set("seed", JsonNodeFactory.instance.nullNode());
    initializer.seed().ifPresent(seed -> config.put("seed", seed));
    return described.apply(className, config);
  }

  private static String distribution(Initializer.VarianceScaling scaling) {
    return scaling.distribution() == Distribution.NORMAL
        ? "untruncated_normal"
        : lowerCase(scaling.distribution().name());
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * The weights that an argument of a layer initializes; which of them the layer has depends on its
   * class.
   *
   * @param argument such as {@code depthwise_initializer}
   */
  static List<String> weights(String argument) {
    String name = argument.substring(0, argument.length() - SUFFIX.length());
    return switch (name) {
      case "depthwise" -> List.of("depthwise_kernel", KERNEL);
      case "pointwise" -> List.of("pointwise_kernel");
      default -> List.of(name);
    };
  }

  /** The argument of a layer that initializes one of its weights. */
  static String argument(Layer layer, String weight) {
    String name =
        layer instanceof DepthwiseConv2D && weight.equals(KERNEL)
            ? "depthwise"
            : weight.replace("wise_kernel", "wise");
    return name + SUFFIX;
  }

  /** Whether all numbers are finite and the seed is one that TensorFlow takes as it is. */
  private boolean isReadable() {
    JsonNode seed = config.path("seed");
    boolean isDrawn = seed.isMissingNode() || seed.isNull();
    boolean isKept = seed.isInt() && seed.asInt() >= 0 && seed.asInt() <= MAX_SEED;
    return (isDrawn || isKept)
        && NUMBERS.stream()
            .map(config::path)
            .allMatch(number -> number.isMissingNode() || Double.isFinite(finite(number)));
  }

  private static double finite(JsonNode number) {
    return number.isNumber() ? number.asDouble() : Double.NaN;
  }

  private Optional<Initializer> named(String name) {
    return switch (name) {
      case "zeros", "zero" -> Optional.of(Initializer.ZEROS);
      case "ones", "one" -> Optional.of(Initializer.ONES);
      case "constant" -> Optional.of(new Initializer.Constant(number("value", 0)));
      case "randomuniform", "uniform" ->
          Optional.of(
              new Initializer.RandomUniform(
                  number("minval", -SMALL), number("maxval", SMALL), seed()));
      case "randomnormal", "normal" -> Optional.of(normal(false));
      case "truncatednormal" -> Optional.of(normal(true));
      case "variancescaling" -> varianceScaling();
      case "glorotuniform" -> Optional.of(scaling(1, Mode.FAN_AVG, Distribution.UNIFORM));
      case "glorotnormal" -> Optional.of(scaling(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL));
      case "heuniform" -> Optional.of(scaling(2, Mode.FAN_IN, Distribution.UNIFORM));
      case "henormal" -> Optional.of(scaling(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL));
      case "lecununiform" -> Optional.of(scaling(1, Mode.FAN_IN, Distribution.UNIFORM));
      case "lecunnormal" -> Optional.of(scaling(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL));
      default -> Optional.empty();
    };
  }

  private Initializer normal(boolean truncated) {
    return new Initializer.RandomNormal(
        truncated, number("mean", 0), number("stddev", SMALL), seed());
  }

  private Optional<Initializer> varianceScaling() {
    Optional<Mode> mode =
        Arrays.stream(Mode.values())
            .filter(one -> lowerCase(one.name()).equals(config.path("mode").asText("fan_in")))
            .findFirst();
    Optional<Distribution> distribution =
        switch (lowerCase(config.path("distribution").asText("truncated_normal"))) {
          // Keras reads "normal", which its early versions wrote, like this too.
          case "truncated_normal", "normal" -> Optional.of(Distribution.TRUNCATED_NORMAL);
          case "untruncated_normal" -> Optional.of(Distribution.NORMAL);
          case "uniform" -> Optional.of(Distribution.UNIFORM);
          default -> Optional.empty();
        };
    double scale = number("scale", 1);
    return mode.isPresent() && distribution.isPresent() && scale > 0
        ? Optional.of(scaling(scale, mode.get(), distribution.get()))
        : Optional.empty();
  }

  private Initializer scaling(double scale, Mode mode, Distribution distribution) {
    return new Initializer.VarianceScaling(scale, mode, distribution, seed());
  }

  private double number(String argument, double otherwise) {
    return config.path(argument).asDouble(otherwise);
  }

  private OptionalInt seed() {
    JsonNode seed = config.path("seed");
    return seed.isInt() ? OptionalInt.of(seed.asInt()) : OptionalInt.empty();
  }
}
