package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.layers.Layer;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/**
 * Rebuilds a {@link Sequential} from Keras's description of one: {@code config.json} of a {@code
 * .keras}, or the attributes of a legacy {@code .h5}, of Keras 2 or 3. Keras 3.15.1: {@code
 * models/sequential.py}, {@code saving/serialization_lib.py}.
 */
public final class KerasConfig {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_LAYERS = 1000;
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  /** No layer of an image model of this size gives more for a sample: 2^26 numbers, 256 MiB. */
  private static final long MAX_SAMPLE = 1L << 26;

  private final Object where;

  private KerasConfig(Object where) {
    this.where = where;
  }

  /**
   * The model of a description.
   *
   * @param json the description
   * @param name the model's name here, the first part of the paths of its weights
   * @param where the file, for messages
   * @throws EnvironmentException if it is no Sequential of layers that this program has; the layer
   *     and the argument are named
   */
  public static Sequential sequential(String json, String name, Object where) {
    return new KerasConfig(where).model(parse(json, where), name);
  }

  /**
   * Whether a description says of a layer that it is not trained. Our layers all are: whoever
   * trains the model on trains those too.
   *
   * @param where the file, for messages
   */
  public static boolean hasFrozenLayer(String json, Object where) {
    for (JsonNode layer : parse(json, where).path("config").path("layers")) {
      if (!layer.path("config").path("trainable").asBoolean(true)) {
        return true;
      }
    }
    return false;
  }

  /** A model's variables, for the mapping to their places in Keras's files. */
  public static ModelVariables variables(Sequential model) {
    List<ModelVariables.Layer> layers = new ArrayList<>();
    for (Sequential.Node node : model.nodes()) {
      layers.add(new ModelVariables.Layer(node.name(), node.weights()));
    }
    return new ModelVariables(model.name(), layers);
  }

  static JsonNode parse(String json, Object where) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new EnvironmentException(
              "model",
              where,
              "a description in JSON",
              // The library's own words go on about its options.
              malformed.getLocation() == null
                  ? "something else"
                  : "something else at character %d"
                      .formatted(malformed.getLocation().getCharOffset()))
          .causedBy(malformed);
    }
  }

  private Sequential model(JsonNode model, String name) {
    String className = model.path("class_name").asText();
    JsonNode nodes = model.path("config").path("layers");
    boolean ours = className.equals("Sequential") && KerasClass.isOfKeras(model);
    if (!ours || !nodes.isArray() || nodes.size() > MAX_LAYERS) {
      throw refused("a Sequential with layers", described(model, className));
    }
    LayerConfig layerConfig = new LayerConfig(where);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode node = nodes.get(i);
      if (MODELS.contains(node.path("class_name").asText())) {
        throw stack(node);
      }
      if (i == 0 && node.path("class_name").asText().equals("InputLayer")) {
        layerConfig.requireInput(node);
      } else {
        layers.add(layerConfig.layer(node));
      }
    }
    try {
      Sequential built =
          new Sequential(name, inputShape(model.path("config")), layers.toArray(new Layer[0]));
      built.nodes().forEach(this::requireReasonable);
      return built;
    } catch (IllegalArgumentException | ArithmeticException misfit) {
      throw new EnvironmentException(
              "model", where, "layers that fit one another", Excerpt.of(misfit.getMessage()))
          .causedBy(misfit);
    }
  }

  /** A class of somebody else may be called as Keras's; then it is known by whose it is. */
  private static String described(JsonNode model, String className) {
    String origin = KerasClass.origin(model).map(" of '%s'"::formatted).orElse("");
    return "the class '%s'%s".formatted(Excerpt.of(className), origin);
  }

  /** From the input layer; of models without one, from how it was built. */
  private Shape inputShape(JsonNode config) {
    JsonNode first = config.path("layers").path(0).path("config");
    for (JsonNode shape :
        List.of(
            first.path("batch_shape"),
            first.path("batch_input_shape"),
            config.path("build_input_shape"))) {
      if (shape.isArray() && shape.size() > 1) {
        return sample(shape);
      }
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
    if (!batchShape.get(0).isNull()) {
      throw refused("an input for batches of any size", Excerpt.of(batchShape.toString()));
    }
    return Shape.of(sizes);
  }

  private void requireReasonable(Sequential.Node node) {
    long elements = 1;
    for (long size : node.output().asArray()) {
      elements = size < 1 || size > MAX_SAMPLE ? MAX_SAMPLE + 1 : elements * size;
      if (elements > MAX_SAMPLE) {
        throw refused(
            "at most %d numbers a sample".formatted(MAX_SAMPLE),
            "the output %s of '%s'".formatted(node.output(), node.name()));
      }
    }
  }

  /** Keras keeps a GAN as a stack of two models, with the generator's optimizer in the stack. */
  private EnvironmentException stack(JsonNode inner) {
    String name = inner.path("config").path("name").asText();
    return new EnvironmentException(
        "model",
        where,
        "one network",
        "a stack of models, with '%s (%s)'"
            .formatted(Excerpt.of(name), inner.path("class_name").asText()),
        "Save each of them to a file of its own; tools/train.py --save-models does, the"
            + " generator's optimizer included.");
  }

  private EnvironmentException refused(String expected, String received) {
    return new EnvironmentException("model", where, expected, received);
  }
}
