package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.Excerpt;

/**
 * Tells Keras's own classes from custom ones, which may have the same names. Keras 3 writes the
 * module, and the registered name of a registered class; Keras 2 writes neither in legacy files.
 */
final class KerasClass {
  private KerasClass() {}

  /** Whether a class is Keras's own, judged by module and registered name. */
  static boolean isOfKeras(JsonNode object) {
    JsonNode module = object.path("module");
    JsonNode registered = object.path("registered_name");
    return (isAbsent(module) || module.asText().matches("(tf_)?keras(\\..*)?"))
        && (isAbsent(registered) || registered.equals(object.path("class_name")));
  }

  /** The module or registered name of a custom class; empty for Keras's own. */
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
