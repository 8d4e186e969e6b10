package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kerastwin.Excerpt;
import org.kerastwin.weights.Initializer;

/**
 * The arguments of a layer that affect how it is initialized and trained, but not the output of a
 * trained layer.
 *
 * @param config the {@code config} of the layer in Keras's description
 */
record TrainingArguments(JsonNode config) {
  static final Set<String> INITIALIZERS =
      Set.of(
          "kernel_initializer",
          "depthwise_initializer",
          "pointwise_initializer",
          "bias_initializer",
          "alpha_initializer",
          "beta_initializer",
          "gamma_initializer",
          "moving_mean_initializer",
          "moving_variance_initializer");

  static final List<String> REGULARIZERS_AND_CONSTRAINTS =
      List.of(
          "kernel_regularizer",
          "depthwise_regularizer",
          "pointwise_regularizer",
          "bias_regularizer",
          "alpha_regularizer",
          "activity_regularizer",
          "beta_regularizer",
          "gamma_regularizer",
          "kernel_constraint",
          "depthwise_constraint",
          "pointwise_constraint",
          "bias_constraint",
          "alpha_constraint",
          "beta_constraint",
          "gamma_constraint");

  private static final String FLOAT_32 = "float32";

  /** Keras's policies of floating-point numbers. */
  static final Set<String> POLICIES =
      Set.of(FLOAT_32, "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16");

  /**
   * What keeps the layer from being trained: regularizers, constraints, and a policy other than
   * float32.
   */
  List<String> unsupportedInTraining() {
    Stream<String> policy =
        Stream.of(policy()).filter(name -> !name.equals(FLOAT_32)).map("dtype "::concat);
    Stream<String> others =
        REGULARIZERS_AND_CONSTRAINTS.stream().filter(config::hasNonNull).filter(this::isUsed);
    return Stream.concat(others, policy).toList();
  }

  /** Keras 2 also writes the arguments of Conv2D for SeparableConv2D, which has no such kernel. */
  private boolean isUsed(String name) {
    return !(name.startsWith("kernel_") && config.has("pointwise_initializer"));
  }

  /** The policy: Keras writes its name, or an object that contains it. */
  String policy() {
    JsonNode dtype = config.path("dtype");
    return (dtype.isObject() ? dtype.path("config").path("name") : dtype).asText(FLOAT_32);
  }

  /**
   * Initializers, regularizers, constraints and policies that are set. {@code convert} keeps them.
   */
  Map<String, JsonNode> kept() {
    Map<String, JsonNode> kept = new LinkedHashMap<>();
    config.forEachEntry(
        (name, value) -> {
          boolean isKept =
              INITIALIZERS.contains(name) || REGULARIZERS_AND_CONSTRAINTS.contains(name);
          if (isKept && isUsed(name) && !value.isNull()) {
            kept.put(name, value);
          }
        });
    if (!policy().equals(FLOAT_32)) {
      kept.put("dtype", TextNode.valueOf(policy()));
    }
    return kept;
  }

  /** The initializers of the weights that this program can draw, by the names of the weights. */
  Map<String, Initializer> initializers() {
    Map<String, Initializer> initializers = new HashMap<>();
    config.forEachEntry(
        (argument, value) -> {
          if (INITIALIZERS.contains(argument) && isUsed(argument)) {
            InitializerConfig.read(value)
                .ifPresent(
                    initializer ->
                        InitializerConfig.weights(argument)
                            .forEach(weight -> initializers.put(weight, initializer)));
          }
        });
    return initializers;
  }

  /** The initializers that this program lacks, such as {@code bias_initializer Orthogonal}. */
  List<String> unsupportedInitializers() {
    List<String> others = new ArrayList<>();
    config.forEachEntry(
        (argument, value) -> {
          if (argument.endsWith("_initializer") && isUsed(argument) && !value.isNull()) {
            Optional<Initializer> initializer = InitializerConfig.read(value);
            // Keras draws the seed of beta before that of gamma, which this program does not.
            boolean isOutOfOrder =
                argument.equals("beta_initializer")
                    && !(initializer.orElse(Initializer.ZEROS) instanceof Initializer.Constant);
            if (initializer.isEmpty() || isOutOfOrder) {
              others.add(argument + " " + Excerpt.of(InitializerConfig.className(value)));
            }
          }
        });
    return others;
  }
}
