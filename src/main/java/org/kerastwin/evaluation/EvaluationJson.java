package org.kerastwin.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An evaluation as JSON. */
public final class EvaluationJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private EvaluationJson() {}

  /** One object, followed by a line feed. */
  public static String of(Evaluation evaluation) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("model", evaluation.model());
    root.put("seed", evaluation.seed());
    root.put("reference", evaluation.reference());
    root.setAll(tree(evaluation, evaluation.figures()));
    ObjectNode beside = root.putObject("beside");
    evaluation.beside().forEach((name, figures) -> beside.set(name, tree(evaluation, figures)));
    evaluation
        .nearest()
        .ifPresent(
            nearest -> {
              ObjectNode node = root.putObject("nearest_training_images");
              node.put("mean_distance", nearest.meanDistance());
              nearest
                  .ofTestImages()
                  .ifPresent(floor -> node.put("mean_distance_of_test_images", floor));
            });
    return text(root);
  }

  /** Metrics by name, in the format of the bundled resource. */
  public static String of(Map<String, Metrics> figures) {
    return text(MAPPER.valueToTree(figures));
  }

  private static ObjectNode tree(Evaluation evaluation, Metrics figures) {
    ObjectNode tree = MAPPER.valueToTree(figures);
    if (!evaluation.ofDigits()) {
      tree.remove("recognition");
    }
    return tree;
  }

  private static String text(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
