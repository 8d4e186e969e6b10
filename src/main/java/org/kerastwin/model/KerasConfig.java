package org.kerastwin.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.graph.Tensors;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;
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
   * The settings of the optimizer, if the model was compiled with an Adam that this program has.
   *
   * @throws EnvironmentException if the description is no JSON
   */
  public static Optional<AdamSettings> adam(KerasFile.Description description, Object where) {
    JsonNode ofArchive =
        description
            .model()
            .map(json -> parse(json, where).path("compile_config").path("optimizer"))
            .filter(JsonNode::isObject)
            .orElse(null);
    JsonNode optimizer =
        ofArchive != null
            ? ofArchive
            : description
                .training()
                .map(json -> parse(json, where).path("optimizer_config"))
                .orElse(JSON.missingNode());
    JsonNode config = optimizer.path("config");
    // Keras 2 calls its newer optimizers custom ones, and the older can decay their rate.
    boolean plain =
        List.of("Adam", "Custom>Adam").contains(optimizer.path("class_name").asText())
            && config.path("decay").asDouble() == 0
            && !config.path("amsgrad").asBoolean()
            && !config.path("use_ema").asBoolean()
            && Stream.of(
                    "weight_decay",
                    "clipnorm",
                    "global_clipnorm",
                    "clipvalue",
                    "loss_scale_factor",
                    "gradient_accumulation_steps")
                .allMatch(name -> config.path(name).isNull() || config.path(name).isMissingNode());
    boolean numbers =
        Stream.of("learning_rate", "beta_1", "beta_2", "epsilon")
            .allMatch(name -> config.path(name).isNumber());
    return plain && numbers
        ? Optional.of(
            new AdamSettings(
                config.get("learning_rate").doubleValue(),
                config.get("beta_1").doubleValue(),
                config.get("beta_2").doubleValue(),
                config.get("epsilon").doubleValue()))
        : Optional.empty();
  }

  /** A model's variables, for the mapping to their places in Keras's files. */
  public static ModelVariables variables(Sequential model) {
    List<ModelVariables.Layer> layers = new ArrayList<>();
    for (Sequential.Node node : model.nodes()) {
      layers.add(
          new ModelVariables.Layer(
              node.name(),
              node.weights().stream()
                  .map(
                      weight ->
                          new ModelVariables.Variable(
                              weight.name(),
                              Tensors.dimensions(weight.shape()),
                              weight.trainable()))
                  .toList()));
    }
    return new ModelVariables(model.name(), layers);
  }

  private static JsonNode parse(String json, Object where) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new EnvironmentException(
              "model",
              where,
              "a description in JSON",
              malformed.getOriginalMessage().lines().findFirst().orElse("something else"))
          .causedBy(malformed);
    }
  }

  private Sequential model(JsonNode model, String name) {
    String className = model.path("class_name").asText();
    JsonNode nodes = model.path("config").path("layers");
    if (!className.equals("Sequential") || !nodes.isArray() || nodes.size() > MAX_LAYERS) {
      throw refused("a Sequential with layers", "the class '%s'".formatted(excerpt(className)));
    }
    List<Layer> layers = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (MODELS.contains(node.path("class_name").asText())) {
        throw stack(node);
      }
      if (!node.path("class_name").asText().equals("InputLayer")) {
        layers.add(layer(node));
      }
    }
    try {
      Sequential built =
          new Sequential(name, inputShape(model.path("config")), layers.toArray(new Layer[0]));
      built.nodes().forEach(this::requireReasonable);
      return built;
    } catch (IllegalArgumentException | ArithmeticException misfit) {
      throw new EnvironmentException(
              "model", where, "layers that fit one another", excerpt(misfit.getMessage()))
          .causedBy(misfit);
    }
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
        throw refused("an input of known sizes", excerpt(batchShape.toString()));
      }
    }
    if (!batchShape.get(0).isNull()) {
      throw refused("an input for batches of any size", excerpt(batchShape.toString()));
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

  private Layer layer(JsonNode node) {
    String className = node.path("class_name").asText();
    String name = node.path("config").path("name").asText();
    String described = excerpt("%s (%s)".formatted(name, className));
    if (node.path("registered_name").isTextual()
        && !node.path("registered_name").asText().equals(className)) {
      throw unknown(described);
    }
    LayerArguments arguments = new LayerArguments(where, described, node.path("config"));
    try {
      Layer layer = layer(className, described, arguments);
      arguments.requireNoOthers();
      return layer;
    } catch (IllegalArgumentException value) {
      throw new EnvironmentException(
              "layer", described + "' of '" + where, "valid arguments", value.getMessage())
          .causedBy(value);
    }
  }

  private Layer layer(String className, String described, LayerArguments arguments) {
    return switch (className) {
      case "Dense" -> {
        arguments.only("use_bias", "true");
        yield new Dense(arguments.positive("units"), arguments.activation());
      }
      case "Conv2D" -> {
        requirePlainConvolution(arguments);
        yield new Conv2D(
            arguments.positive("filters"),
            arguments.square("kernel_size"),
            arguments.square("strides"),
            arguments.activation());
      }
      case "Conv2DTranspose" -> {
        requirePlainConvolution(arguments);
        yield new Conv2DTranspose(
            arguments.positive("filters"),
            arguments.square("kernel_size"),
            arguments.square("strides"),
            arguments.activation());
      }
      case "BatchNormalization" -> {
        // Keras 2 writes the last axis of an image as [3].
        arguments.only("axis", "-1", "3", "[3]").only("center", "true").only("scale", "true");
        yield new BatchNormalization(arguments.number("momentum"), arguments.number("epsilon"));
      }
      case "UpSampling2D" -> {
        arguments.only("data_format", "channels_last").only("interpolation", "nearest");
        yield new UpSampling2D(arguments.square("size"));
      }
      case "Flatten" -> {
        arguments.only("data_format", "channels_last");
        yield new Flatten();
      }
      case "LeakyReLU" ->
          // Keras 2 says alpha, as float32 widened to double.
          new LeakyReLU(
              shortest(arguments.number(arguments.has("alpha") ? "alpha" : "negative_slope")));
      case "Reshape" -> new Reshape(arguments.shape("target_shape"));
      case "Activation" -> new Activation(arguments.activation());
      default -> throw unknown(described);
    };
  }

  private static void requirePlainConvolution(LayerArguments arguments) {
    arguments
        .only("use_bias", "true")
        .only("padding", "same")
        .only("data_format", "channels_last")
        .only("dilation_rate", "[1,1]", "1")
        .only("groups", "1");
  }

  /** 0.2 for the float32 nearest to it; what a layer computes with is float32 in any case. */
  private static double shortest(double value) {
    float single = (float) value;
    return single == value ? Double.parseDouble(Float.toString(single)) : value;
  }

  /** Keras keeps a GAN as a stack of two models, with the generator's optimizer in the stack. */
  private EnvironmentException stack(JsonNode inner) {
    String name = inner.path("config").path("name").asText();
    return new EnvironmentException(
        "model",
        where,
        "one network",
        "a stack of models, with '%s (%s)'"
            .formatted(excerpt(name), inner.path("class_name").asText()),
        "Save each of them to a file of its own; tools/train.py --save-models does, the"
            + " generator's optimizer included.");
  }

  private EnvironmentException unknown(String described) {
    return new EnvironmentException(
        "layer",
        described + "' of '" + where,
        "one of Dense, Conv2D, Conv2DTranspose, BatchNormalization, UpSampling2D, Flatten,"
            + " LeakyReLU, Reshape, Activation",
        "a class that this program does not have");
  }

  private EnvironmentException refused(String expected, String received) {
    return new EnvironmentException("model", where, expected, received);
  }

  private static String excerpt(String text) {
    String line = String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 120 ? line : line.substring(0, 120) + "…";
  }
}
