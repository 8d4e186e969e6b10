package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.layers.Layer;

/**
 * The layers of a described model in the order in which they are applied. The model is a Sequential
 * or a Functional without branches, and may contain such models. A layer whose activation is also a
 * layer counts as two, and Keras's Identity as none.
 *
 * @param where the file, for messages
 */
record FlattenedLayers(Object where) {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  /** Keras's layer that returns its input. */
  private static final String IDENTITY = "Identity";

  private static final String ACTIVATION = "activation";

  /** The deepest nesting of models; more means a damaged file. */
  private static final int MAX_DEPTH = 20;

  /**
   * A layer.
   *
   * @param json its description
   * @param place its group in {@code .weights.h5}, such as {@code layers/sequential/layers/dense}
   */
  record Link(JsonNode json, String place) {}

  /** Whether a description is a model and not a layer. */
  static boolean isModel(JsonNode json) {
    return MODELS.contains(json.path("class_name").asText());
  }

  /**
   * The layers in the order of the description; before Keras 2.2.3, {@code config} is only a list.
   */
  static JsonNode layers(JsonNode model) {
    JsonNode config = model.path("config");
    return config.isArray() ? config : config.path("layers");
  }

  /**
   * The layers of a model, without its input.
   *
   * @throws EnvironmentException if it is not one of Keras's models, or has branches
   */
  List<Link> of(JsonNode model) {
    List<Link> links = new ArrayList<>();
    add(model, "", links, 0);
    return Keras2HardSigmoid.isOfKeras2(model)
        ? links.stream().flatMap(Keras2HardSigmoid::replaced).toList()
        : links;
  }

  private void add(JsonNode model, String prefix, List<Link> links, int depth) {
    if (!isModel(model) || !KerasClass.isOfKeras(model) || !layers(model).isArray()) {
      throw refused(described(model));
    }
    if (depth > MAX_DEPTH) {
      throw refused("models nested more than %d deep".formatted(MAX_DEPTH));
    }
    Map<String, Integer> counts = new HashMap<>();
    boolean first = true;
    for (JsonNode layer : ordered(model)) {
      String className = layer.path("class_name").asText();
      if (first && className.equals("InputLayer")) {
        new LayerConfig(where).requireInput(layer);
      } else {
        String name = Layer.snakeCase(className);
        int earlier = counts.merge(name, 1, Integer::sum) - 1;
        String place = prefix + "layers/" + name + (earlier == 0 ? "" : "_" + earlier);
        if (isModel(layer)) {
          add(layer, place + "/", links, depth + 1);
        } else if (!className.equals(IDENTITY)) {
          links.addAll(withActivation(layer, place));
        }
      }
      first = false;
    }
  }

  /** A layer, followed by its activation if that is a layer too. */
  private static List<Link> withActivation(JsonNode layer, String place) {
    JsonNode activation = layer.path("config").path(ACTIVATION);
    if (!activation.path("config").isObject()) {
      return List.of(new Link(layer, place));
    }
    ObjectNode linear = layer.deepCopy();
    ObjectNode config = linear.withObject("/config");
    ObjectNode next = activation.deepCopy();
    next.withObject("/config").put("name", config.path("name").asText() + "_" + ACTIVATION);
    config.put(ACTIVATION, "linear");
    return List.of(new Link(linear, place), new Link(next, place + "/" + ACTIVATION));
  }

  private Iterable<JsonNode> ordered(JsonNode model) {
    return model.path("class_name").asText().equals("Sequential")
        ? layers(model)
        : chain(model.path("config"));
  }

  /** The layers of a Functional model, found by following inputs back from the output. */
  private Iterable<JsonNode> chain(JsonNode config) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    for (JsonNode layer : config.path("layers")) {
      byName.put(name(layer), layer);
    }
    Deque<JsonNode> chain = new ArrayDeque<>();
    Optional<String> name = single(config.path("output_layers"));
    while (name.isPresent() && chain.size() <= byName.size()) {
      JsonNode layer = byName.get(name.get());
      if (layer == null) {
        throw branched(config);
      }
      chain.addFirst(layer);
      name = source(layer);
    }
    boolean whole = chain.size() == byName.size() && config.path("layers").size() == chain.size();
    if (!whole || !chain.getFirst().path("class_name").asText().equals("InputLayer")) {
      throw branched(config);
    }
    return List.copyOf(chain);
  }

  /**
   * The name by which other layers refer to a layer of a Functional model. The config of a
   * Sequential from Keras before 2.2.3 is a list and has none.
   */
  private static String name(JsonNode layer) {
    JsonNode own = layer.path("name");
    return (own.isTextual() ? own : layer.path("config").path("name")).asText();
  }

  /** The one layer that is the input of a layer. */
  private static Optional<String> source(JsonNode layer) {
    JsonNode nodes = layer.path("inbound_nodes");
    if (nodes.size() != 1) {
      return Optional.empty();
    }
    JsonNode arguments = nodes.get(0).path("args");
    // Keras 2 has lists of [layer, node, tensor, keywords].
    return arguments.isArray()
        ? Optional.of(arguments.path(0).path("config").path("keras_history").path(0))
            .filter(name -> name.isTextual() && arguments.size() == 1)
            .map(JsonNode::asText)
        : single(nodes.get(0));
  }

  /** The layer of a list with one tensor, or of that tensor alone. */
  private static Optional<String> single(JsonNode tensors) {
    boolean isList = tensors.path(0).isArray();
    JsonNode tensor = isList ? tensors.path(0) : tensors;
    boolean one = !isList || tensors.size() == 1;
    return Optional.of(tensor.path(0))
        .filter(name -> one && name.isTextual())
        .map(JsonNode::asText);
  }

  private EnvironmentException branched(JsonNode config) {
    return refused(
        "the model '%s' with %s".formatted(Excerpt.of(config.path("name").asText()), fork(config)));
  }

  /** What keeps a Functional model from being a chain. */
  private static String fork(JsonNode config) {
    for (String ends : List.of("input_layers", "output_layers")) {
      // One tensor is written alone or as a list of one.
      int number = config.path(ends).path(0).isArray() ? config.path(ends).size() : 1;
      if (number > 1) {
        return "%d %s".formatted(number, ends.replace("_layers", "s"));
      }
    }
    for (JsonNode layer : config.path("layers")) {
      int uses = layer.path("inbound_nodes").size();
      if (uses > 1) {
        return "the layer '%s', which is used %d times".formatted(Excerpt.of(name(layer)), uses);
      }
    }
    return "branches";
  }

  /** A custom class may have the name of one of Keras's; the module distinguishes them. */
  private static String described(JsonNode model) {
    String origin = KerasClass.origin(model).map(" of '%s'"::formatted).orElse("");
    return "the class '%s'%s".formatted(Excerpt.of(model.path("class_name").asText()), origin);
  }

  private EnvironmentException refused(String received) {
    return new EnvironmentException(
        Problem.with("model", where).expected("a chain of layers").received(received));
  }
}
