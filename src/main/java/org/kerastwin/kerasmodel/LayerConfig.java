package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.layers.ArgumentException;
import org.kerastwin.layers.Layer;
import org.tensorflow.ndarray.Shape;

/**
 * Reads Keras's description of one layer.
 *
 * @param where the file, for messages
 */
record LayerConfig(Object where) {
  /**
   * Makes the layer of a description.
   *
   * @param input the shape of a sample that the layer takes
   * @throws EnvironmentException if the class or one of its arguments is not supported
   */
  Layer layer(JsonNode node, Shape input) {
    String described = described(node);
    LayerTable.Row<?> row =
        LayerTable.of(node.path("class_name").asText())
            .filter(known -> KerasClass.isOfKeras(node))
            .orElseThrow(() -> unknown(node, described));
    LayerArguments arguments = new LayerArguments(at(described), node.path("config"), input);
    try {
      Layer layer = row.reader().apply(arguments);
      arguments.requireNoOthers();
      return layer;
    } catch (ArgumentException value) {
      throw new EnvironmentException(
              Problem.with("layer", at(described))
                  .expected(value.expected())
                  .received(value.received()))
          .causedBy(value);
    }
  }

  /** Checks that an input layer takes one float32 array. */
  void requireInput(JsonNode node) {
    String described = described(node);
    if (!KerasClass.isOfKeras(node)) {
      throw unknown(node, described);
    }
    JsonArguments arguments = new JsonArguments(at(described), node.path("config"));
    arguments.take("batch_shape");
    arguments.require("sparse", "false");
    arguments.require("ragged", "false");
    arguments.require("optional", "false");
    arguments.requireNoOthers();
  }

  /** The name and class of a layer, for messages, such as {@code dense (Dense)}. */
  static String described(JsonNode node) {
    return Excerpt.of(
        "%s (%s)"
            .formatted(
                node.path("config").path("name").asText(), node.path("class_name").asText()));
  }

  private String at(String described) {
    return "%s[%s]".formatted(where, described);
  }

  private EnvironmentException unknown(JsonNode node, String described) {
    boolean isCode = node.path("class_name").asText().equals("Lambda");
    return new EnvironmentException(
        Problem.with("layer", at(described))
            .expected("one of " + LayerTable.classNames())
            .received(isCode ? "Python code" : "a class that this program does not support")
            .advice(isCode ? "Replace it with a layer of Keras, such as Rescaling." : ""));
  }
}
