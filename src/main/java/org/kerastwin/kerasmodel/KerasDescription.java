package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile.Description;
import org.kerastwin.keras.KerasFile.Format;
import org.kerastwin.layers.Layer;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/**
 * Describes a {@link Sequential} in Keras's JSON. Only arguments that Keras 3.6 knows are written,
 * and defaults only where a user's configuration can change them, such as the data format.
 */
public final class KerasDescription {
  private static final JsonMapper JSON = new JsonMapper();

  /** Keras 3 writes modules and shapes in its new formats only, not in legacy files. */
  private final boolean legacy;

  /** Arguments of layers, by their names, that do not change the output. */
  private final Map<String, Map<String, JsonNode>> trainingArguments;

  private KerasDescription(boolean legacy, Map<String, Map<String, JsonNode>> trainingArguments) {
    this.legacy = legacy;
    this.trainingArguments = trainingArguments;
  }

  /**
   * The description for a file of that format; {@code .weights.h5} has none.
   *
   * @param adam the optimizer, if its state is saved too; the loss is the notebook's
   */
  public static Description of(Format format, Sequential model, Optional<AdamSettings> adam) {
    return of(format, model, adam, Map.of());
  }

  /**
   * The same with arguments of layers that matter only in training.
   *
   * @param trainingArguments by layer, the arguments as another file describes them
   */
  static Description of(
      Format format,
      Sequential model,
      Optional<AdamSettings> adam,
      Map<String, Map<String, JsonNode>> trainingArguments) {
    KerasDescription description = new KerasDescription(format == Format.LEGACY, trainingArguments);
    return description.legacy ? description.legacy(model, adam) : description.archive(model, adam);
  }

  /** The layers of a model, as Keras 3 describes them. */
  public static ObjectNode json(Sequential model) {
    return new KerasDescription(false, Map.of()).model(model);
  }

  /**
   * Whether Keras has all layers of a model; it has no affine layers, which folded normalizations
   * become.
   */
  public static boolean describes(Sequential model) {
    return model.nodes().stream().noneMatch(node -> LayerTable.of(node.layer()).isEmpty());
  }

  private Description archive(Sequential model, Optional<AdamSettings> adam) {
    ObjectNode json = model(model);
    adam.ifPresent(
        settings -> {
          ObjectNode compiled = json.putObject("compile_config");
          compiled.set("optimizer", optimizer(settings));
          compiled.put("loss", "binary_crossentropy");
        });
    return new Description(Optional.of(json.toString()), Optional.empty());
  }

  private Description legacy(Sequential model, Optional<AdamSettings> adam) {
    return new Description(
        Optional.of(model(model).toString()),
        adam.map(
            settings -> {
              ObjectNode training = JSON.createObjectNode();
              training.put("loss", "binary_crossentropy");
              training.putNull("metrics").putNull("weighted_metrics").putNull("loss_weights");
              training.set("optimizer_config", optimizer(settings));
              return training.toString();
            }));
  }

  private ObjectNode model(Sequential model) {
    ObjectNode config = JSON.createObjectNode();
    config.put("name", model.name()).put("trainable", true);
    ArrayNode layers = config.putArray("layers");
    ObjectNode input = JSON.createObjectNode();
    input.put("name", "input_layer").put("dtype", "float32");
    input.set("batch_shape", batch(model.inputShape()));
    layers.add(object("keras.layers", "InputLayer", input));
    for (LayerNode node : model.nodes()) {
      ObjectNode arguments = JSON.createObjectNode();
      arguments.put("name", node.ownName()).put("trainable", node.trainable());
      arguments.put("dtype", "float32");
      describe(node.layer(), arguments);
      describeInitializers(node, arguments);
      arguments.setAll(trainingArguments.getOrDefault(node.name(), Map.of()));
      ObjectNode layer = object("keras.layers", node.layer().className(), arguments);
      if (!legacy) {
        layer.putObject("build_config").set("input_shape", batch(node.input()));
      }
      layers.add(layer);
    }
    config.set("build_input_shape", batch(model.inputShape()));
    ObjectNode described = object("keras", "Sequential", config);
    if (!legacy) {
      described.putObject("build_config").set("input_shape", batch(model.inputShape()));
    }
    return described;
  }

  private void describeInitializers(LayerNode node, ObjectNode arguments) {
    node.initializers()
        .forEach(
            (weight, initializer) ->
                arguments.set(
                    InitializerConfig.argument(node.layer(), weight),
                    InitializerConfig.write(
                        initializer,
                        (name, config) -> object("keras.initializers", name, config))));
  }

  private ObjectNode object(String module, String className, ObjectNode config) {
    ObjectNode object = JSON.createObjectNode();
    if (!legacy) {
      object.put("module", module);
    }
    object.put("class_name", className);
    object.set("config", config);
    if (!legacy) {
      object.putNull("registered_name");
    }
    return object;
  }

  private ObjectNode optimizer(AdamSettings adam) {
    ObjectNode config = JSON.createObjectNode();
    config.put("name", "adam").put("learning_rate", adam.learningRate());
    config.put("beta_1", adam.beta1()).put("beta_2", adam.beta2()).put("epsilon", adam.epsilon());
    return object("keras.optimizers", "Adam", config);
  }

  private static void describe(Layer layer, ObjectNode arguments) {
    LayerTable.of(layer)
        .orElseThrow(
            () ->
                new EnvironmentException(
                    Problem.with("layer", arguments.path("name").asText())
                        .expected("one that Keras has")
                        .received("the class " + layer.className())
                        .advice("Convert the original model, without folded batch normalization.")))
        .write(layer, new LayerDescription(arguments));
  }

  private static ArrayNode batch(Shape sample) {
    ArrayNode sizes = JSON.createArrayNode().addNull();
    for (long size : sample.asArray()) {
      sizes.add(size);
    }
    return sizes;
  }
}
