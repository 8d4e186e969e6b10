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
    boolean ownModule = object.path("module").asText("keras").matches("(tf_)?keras(\\..*)?");
    boolean ownName =
        !object.hasNonNull("registered_name")
            || object.get("registered_name").equals(object.get("class_name"));
    return ownModule && ownName;
  }

  /** The module or registered name of a custom class; empty for Keras's own. */
  static Optional<String> origin(JsonNode object) {
    return isOfKeras(object)
        ? Optional.empty()
        : Stream.of("module", "registered_name")
            .filter(object::hasNonNull)
            .map(part -> Excerpt.of(object.get(part).asText()))
            .reduce((module, name) -> module + ", " + name);
  }
}
