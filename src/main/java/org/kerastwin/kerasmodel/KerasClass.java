package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.Excerpt;

/**
 * Whose class an object of Keras's description is. Keras 3 names the module, and for classes that a
 * user registered the registered name; Keras 2 in its legacy files neither. A class of somebody
 * else may have the name of one of Keras's and do something else.
 */
final class KerasClass {
  private KerasClass() {}

  /** Whether it is one of Keras's own: nothing that is said about it says otherwise. */
  static boolean isOfKeras(JsonNode object) {
    JsonNode module = object.path("module");
    JsonNode registered = object.path("registered_name");
    return (isAbsent(module) || module.asText().matches("(tf_)?keras(\\..*)?"))
        && (isAbsent(registered) || registered.equals(object.path("class_name")));
  }

  /** What a class of somebody else is known by: its module, or the name it was registered under. */
  static Optional<String> origin(JsonNode object) {
    return isOfKeras(object)
        ? Optional.empty()
        : Stream.of(object.path("module"), object.path("registered_name"))
            .filter(part -> !isAbsent(part))
            .map(part -> Excerpt.of(part.asText()))
            .reduce((module, name) -> module + ", " + name);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
