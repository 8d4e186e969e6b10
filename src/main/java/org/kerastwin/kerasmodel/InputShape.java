package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.tensorflow.ndarray.Shape;

/**
 * Finds the shape of a model's input in Keras's description: in its first layer, or in its build
 * configuration. A batch size recorded at the first call is ignored.
 *
 * @param where the file, for messages
 */
record InputShape(Object where) {
  /** The shape of a sample. */
  Shape of(JsonNode model) {
    JsonNode first = FlattenedLayers.layers(model).path(0);
    JsonNode config = first.path("config");
    for (JsonNode shape :
        List.of(
            config.path("batch_shape"),
            config.path("batch_input_shape"),
            model.path("config").path("build_input_shape"),
            model.path("build_config").path("input_shape"))) {
      if (shape.isArray() && shape.size() > 1) {
        return sample(shape);
      }
    }
    if (FlattenedLayers.isModel(first)) {
      return of(first);
    }
    throw refused("the shape of its input", "a model that was never built");
  }

  private Shape sample(JsonNode batchShape) {
    long[] sizes = new long[batchShape.size() - 1];
    for (int i = 0; i < sizes.length; i++) {
      JsonNode size = batchShape.get(i + 1);
      sizes[i] = size.isInt() ? size.intValue() : 0;
      if (sizes[i] < 1) {
        throw refused("an input of known sizes", Excerpt.of(batchShape.toString()));
      }
    }
    return Shape.of(sizes);
  }

  private EnvironmentException refused(String expected, String received) {
    return new EnvironmentException(
        Problem.with("model", where).expected(expected).received(received));
  }
}
