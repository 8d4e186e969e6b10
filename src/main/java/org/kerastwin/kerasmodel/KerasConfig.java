package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.ShapeException;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.NamedLayer;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.ndarray.Shape;

/**
 * Reads Keras's description of a model: {@code config.json} of a {@code .keras}, or the attributes
 * of a legacy {@code .h5}, of Keras 2 or 3. Nested models become one {@link Sequential}. Keras
 * 3.15.1: {@code models/sequential.py}, {@code models/functional.py}, {@code
 * saving/serialization_lib.py}.
 */
public final class KerasConfig {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_LAYERS = 1000;

  /** The most numbers in a layer's output for a sample: 2^26, or 256 MiB. */
  private static final long MAX_SAMPLE = 1L << 26;

  private final Object where;

  private KerasConfig(Object where) {
    this.where = where;
  }

  /**
   * A model read from a description.
   *
   * @param model the layers
   * @param variables its variables and their places in a file with this description
   * @param unsupportedInTraining arguments with which a layer can only infer, such as "dense
   *     (Dense) kernel_regularizer"
   * @param unsupportedInitializers initializers that this program lacks, such as "dense (Dense)
   *     kernel_initializer RandomNormal"
   * @param trainingArguments by layer, Keras's description of initializers, regularizers,
   *     constraints and dtype policies
   */
  public record DescribedModel(
      Sequential model,
      ModelVariables variables,
      List<String> unsupportedInTraining,
      List<String> unsupportedInitializers,
      Map<String, Map<String, JsonNode>> trainingArguments) {
    /** The same with an adapted model. */
    DescribedModel with(Sequential adapted) {
      return new DescribedModel(
          adapted, variables, unsupportedInTraining, unsupportedInitializers, trainingArguments);
    }
  }

  /**
   * Reads a description.
   *
   * @param json the description
   * @param name a new name for the model, the first part of the paths of its weights
   * @param where the file, for messages
   * @throws EnvironmentException if it is not a chain of supported layers, naming the layer and the
   *     argument
   */
  public static DescribedModel read(String json, String name, Object where) {
    return new KerasConfig(where).model(parse(json, where), name);
  }

  /** Reads only the model. */
  public static Sequential sequential(String json, String name, Object where) {
    return read(json, name, where).model();
  }

  /** Whether a model contains nested models. */
  static boolean nestsModels(String json, Object where) {
    for (JsonNode layer : FlattenedLayers.layers(parse(json, where))) {
      if (FlattenedLayers.isModel(layer)) {
        return true;
      }
    }
    return false;
  }

  /** The variables of a model, with their places in files that this program writes. */
  public static ModelVariables variables(Sequential model) {
    return new ModelVariables(
        model.name(),
        model.nodes().stream()
            .map(
                node ->
                    new ModelVariables.Layer(
                        node.name(), node.ownName(), ofLayer(node), node.trainable()))
            .toList());
  }

  /** The layer's weights, also those of a frozen layer. */
  private static List<WeightSpec> ofLayer(LayerNode node) {
    return node.layer().weights(node.input());
  }

  static JsonNode parse(String json, Object where) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      // The library's own message also lists its options.
      String received =
          malformed.getLocation() == null
              ? "something else"
              : "something else at character " + malformed.getLocation().getCharOffset();
      throw new EnvironmentException(
              Problem.with("model", where).expected("a description in JSON").received(received))
          .causedBy(malformed);
    }
  }

  private DescribedModel model(JsonNode json, String name) {
    List<FlattenedLayers.Link> links = new FlattenedLayers(where).of(json);
    if (links.size() > MAX_LAYERS) {
      throw refused("at most %d layers".formatted(MAX_LAYERS), links.size() + " layers");
    }
    Shape input = new InputShape(where).of(json);
    LayerConfig config = new LayerConfig(where);
    List<NamedLayer> layers = new ArrayList<>();
    Shape shape = input;
    for (FlattenedLayers.Link link : links) {
      Layer layer = config.layer(link.json(), shape);
      layers.add(named(layer, link.json()));
      shape = shapeAfter(layer, shape);
    }
    Sequential built = built(name, input, layers);
    return new DescribedModel(
        built,
        variables(built, links),
        unsupported(links, TrainingArguments::unsupportedInTraining),
        unsupported(links, TrainingArguments::unsupportedInitializers),
        trainingArguments(built, links));
  }

  private static List<String> unsupported(
      List<FlattenedLayers.Link> links, Function<TrainingArguments, List<String>> arguments) {
    return links.stream()
        .map(FlattenedLayers.Link::json)
        .flatMap(
            json ->
                arguments.apply(new TrainingArguments(json.path("config"))).stream()
                    .map(argument -> LayerConfig.described(json) + " " + argument))
        .toList();
  }

  private static NamedLayer named(Layer layer, JsonNode json) {
    JsonNode config = json.path("config");
    return new NamedLayer(
        layer,
        Optional.of(config.path("name")).filter(JsonNode::isTextual).map(JsonNode::asText),
        config.path("trainable").asBoolean(true),
        new TrainingArguments(config).initializers());
  }

  /**
   * The shape of the output, or of the input if the layer does not fit it; {@link Sequential}
   * reports that later.
   */
  private static Shape shapeAfter(Layer layer, Shape input) {
    try {
      return layer.outputShape(input);
    } catch (ShapeException | ArithmeticException misfit) {
      return input;
    }
  }

  private Sequential built(String name, Shape input, List<NamedLayer> layers) {
    try {
      Sequential built = new Sequential(name, input, layers);
      built.nodes().forEach(this::requireReasonable);
      return built;
    } catch (IllegalArgumentException | ArithmeticException misfit) {
      throw new EnvironmentException(
              Problem.with("model", where)
                  .expected("layers that fit one another")
                  .received(Excerpt.of(misfit.getMessage())))
          .causedBy(misfit);
    }
  }

  private static ModelVariables variables(Sequential model, List<FlattenedLayers.Link> links) {
    List<ModelVariables.Layer> layers = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      LayerNode node = model.nodes().get(i);
      layers.add(
          new ModelVariables.Layer(
              node.name(), node.ownName(), links.get(i).place(), ofLayer(node), node.trainable()));
    }
    return new ModelVariables(model.name(), layers);
  }

  private static Map<String, Map<String, JsonNode>> trainingArguments(
      Sequential model, List<FlattenedLayers.Link> links) {
    Map<String, Map<String, JsonNode>> byLayer = new LinkedHashMap<>();
    for (int i = 0; i < links.size(); i++) {
      JsonNode config = links.get(i).json().path("config");
      byLayer.put(model.nodes().get(i).name(), new TrainingArguments(config).kept());
    }
    return byLayer;
  }

  private void requireReasonable(LayerNode node) {
    long elements = 1;
    for (long size : node.output().asArray()) {
      elements = size < 1 || size > MAX_SAMPLE ? MAX_SAMPLE + 1 : elements * size;
      if (elements > MAX_SAMPLE) {
        throw refused(
            "at most %d numbers per sample".formatted(MAX_SAMPLE),
            "the output %s of '%s'".formatted(node.output(), node.ownName()));
      }
    }
  }

  private EnvironmentException refused(String expected, String received) {
    return new EnvironmentException(
        Problem.with("model", where).expected(expected).received(received));
  }
}
