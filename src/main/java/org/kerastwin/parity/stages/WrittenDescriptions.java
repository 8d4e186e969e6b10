package org.kerastwin.parity.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;

/**
 * Compares the descriptions of models that this program writes with those of Keras. Reading them
 * again would not be enough: our writer and our reader could make the same mistake.
 *
 * @param network the name of the network in reports
 */
record WrittenDescriptions(String network) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Arguments that need not be equal, such as the names of layers. */
  private static final Set<String> FREE = Set.of("name", "trainable", "dtype", "batch_shape");

  /** The place of a model's optimizer. */
  private static final String OPTIMIZER = "/compile_config/optimizer/config";

  /** In a target shape, the size that follows from the others. */
  private static final int OPEN_SIZE = -1;

  /**
   * Compares the arguments that we write with Keras's. Keras also writes defaults that we omit.
   *
   * @param key of the comparison
   */
  TensorComparison compare(TensorKey key, String ours, String keras) {
    Optional<String> difference;
    try {
      difference = difference(JSON.readTree(ours), JSON.readTree(keras));
    } catch (JsonProcessingException malformed) {
      difference = Optional.of("expected JSON, received " + malformed.getOriginalMessage());
    }
    NdArray none = NdArray.ofFloats(new float[1], List.of(1));
    return difference
        .map(text -> TensorComparison.failed(network, key, text))
        .orElseGet(() -> TensorComparison.between(network, key, none, none.floats()));
  }

  private static Optional<String> difference(JsonNode ours, JsonNode keras) {
    JsonNode written = ours.at("/config/layers");
    JsonNode expected = keras.at("/config/layers");
    if (written.size() != expected.size()) {
      return Optional.of(
          "expected %d layers, received %d".formatted(expected.size(), written.size()));
    }
    for (int i = 0; i < written.size(); i++) {
      Optional<String> found = ofLayer(written.get(i), expected.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return ofArguments("optimizer", ours.at(OPTIMIZER), keras.at(OPTIMIZER));
  }

  private static Optional<String> ofLayer(JsonNode ours, JsonNode keras) {
    String expected = keras.path("class_name").asText();
    String received = ours.path("class_name").asText();
    return expected.equals(received)
        ? ofArguments(expected, ours.path("config"), keras.path("config"))
        : Optional.of("expected a layer %s, received %s".formatted(expected, received));
  }

  private static Optional<String> ofArguments(String place, JsonNode ours, JsonNode keras) {
    for (Map.Entry<String, JsonNode> argument : ours.properties()) {
      String name = argument.getKey();
      JsonNode expected = keras.path(name);
      if (!FREE.contains(name) && !isSame(argument.getValue(), expected)) {
        return Optional.of(
            "%s: expected %s as Keras writes it, received %s"
                .formatted(
                    place,
                    expected.isMissingNode() ? "no " + name : name + " " + expected,
                    name + " " + argument.getValue()));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(JsonNode ours, JsonNode keras) {
    if (ours.isArray() && keras.isArray() && ours.size() == keras.size()) {
      for (int i = 0; i < ours.size(); i++) {
        if (!isSame(ours.get(i), keras.get(i))) {
          return false;
        }
      }
      return true;
    }
    // Keras writes some numbers as they are in float32.
    return (ours.isNumber() && keras.isNumber())
        ? ours.floatValue() == keras.floatValue() || keras.intValue() == OPEN_SIZE
        : ours.equals(keras);
  }
}
