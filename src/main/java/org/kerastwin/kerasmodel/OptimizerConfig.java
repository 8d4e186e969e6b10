package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile.Description;

/**
 * Reads the settings of an Adam from Keras's description of a compiled model. Keras 3.15.1: {@code
 * optimizers/base_optimizer.py}, {@code optimizers/adam.py}.
 */
public final class OptimizerConfig {
  /** Arguments that change the update, unset by default. */
  private static final List<String> UNSET =
      List.of(
          "weight_decay",
          "clipnorm",
          "global_clipnorm",
          "clipvalue",
          "loss_scale_factor",
          "gradient_accumulation_steps");

  private OptimizerConfig() {}

  /**
   * The settings of the optimizer, if it is an Adam that this program supports.
   *
   * @throws EnvironmentException if the description is not JSON, or an argument of Adam is out of
   *     its range
   */
  public static Optional<AdamSettings> adam(Description description, Object where) {
    return Stream.of(
            part(description.model(), where).path("compile_config").path("optimizer"),
            part(description.training(), where).path("optimizer_config"))
        .filter(JsonNode::isObject)
        .findFirst()
        .filter(OptimizerConfig::isOurAdam)
        .map(optimizer -> settings(optimizer.path("config"), where));
  }

  private static JsonNode part(Optional<String> json, Object where) {
    return json.map(text -> KerasConfig.parse(text, where)).orElse(MissingNode.getInstance());
  }

  private static boolean isOurAdam(JsonNode optimizer) {
    JsonNode config = optimizer.path("config");
    // Keras 2 writes its newer optimizers as custom ones; its older ones may have a decay.
    return List.of("Adam", "Custom>Adam").contains(optimizer.path("class_name").asText())
        && KerasClass.isOfKeras(optimizer)
        && config.path("decay").asDouble() == 0
        && !config.path("amsgrad").asBoolean()
        && !config.path("use_ema").asBoolean()
        && UNSET.stream().noneMatch(config::hasNonNull)
        && learningRate(config).isNumber()
        && Stream.of("beta_1", "beta_2", "epsilon").allMatch(name -> config.path(name).isNumber());
  }

  /** Keras before 2.3 calls it lr. */
  private static JsonNode learningRate(JsonNode config) {
    return config.path(config.has("lr") ? "lr" : "learning_rate");
  }

  private static AdamSettings settings(JsonNode config, Object where) {
    try {
      return new AdamSettings(
          learningRate(config).doubleValue(),
          config.get("beta_1").doubleValue(),
          config.get("beta_2").doubleValue(),
          config.get("epsilon").doubleValue());
    } catch (IllegalArgumentException outside) {
      throw new EnvironmentException(
              Problem.with("optimizer", where)
                  .expected(
                      "Adam with beta_1 and beta_2 in [0, 1), and a finite learning rate and"
                          + " epsilon of at least 0")
                  .received(outside.getMessage()))
          .causedBy(outside);
    }
  }
}
