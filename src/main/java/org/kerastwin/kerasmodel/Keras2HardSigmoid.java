package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.kerastwin.kerasmodel.FlattenedLayers.Link;

/**
 * The function that Keras 2 calls hard_sigmoid, {@code clip(0.2 * x + 0.5, 0, 1)}. In Keras 3, that
 * name means {@code relu6(x + 3) / 6}, so files of Keras 2 get two layers with the same effect.
 */
final class Keras2HardSigmoid {
  private static final String ACTIVATION = "activation";

  private Keras2HardSigmoid() {}

  /** Whether Keras 2 or 1 wrote a description: Keras 3 calls the shape of an input otherwise. */
  static boolean isOfKeras2(JsonNode model) {
    return model.findValue("batch_input_shape") != null;
  }

  /** The layer, followed by those two if it has the function. */
  static Stream<Link> replaced(Link link) {
    if (!link.json().path("config").path(ACTIVATION).asText().equals("hard_sigmoid")) {
      return Stream.of(link);
    }
    ObjectNode linear = link.json().deepCopy();
    linear.withObject("/config").put(ACTIVATION, "linear");
    ObjectNode scaled = layer(link, "Rescaling");
    scaled.withObject("/config").put("scale", 0.2).put("offset", 0.5);
    ObjectNode clipped = layer(link, "ReLU");
    clipped.withObject("/config").put("max_value", 1.0);
    String place = link.place() + "/" + ACTIVATION;
    return Stream.of(
        new Link(linear, link.place()),
        new Link(scaled, place + "/scaled"),
        new Link(clipped, place + "/clipped"));
  }

  private static ObjectNode layer(Link activated, String className) {
    ObjectNode layer = activated.json().deepCopy();
    layer.removeAll();
    String name = activated.json().path("config").path("name").asText();
    layer.put("class_name", className).putObject("config").put("name", name + "_" + ACTIVATION);
    return layer;
  }
}
