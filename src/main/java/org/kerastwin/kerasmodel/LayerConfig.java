package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.ArgumentException;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;

/**
 * Rebuilds a {@link Layer} from Keras's description of one. Keras 3.15.1: {@code get_config} of the
 * classes below {@code layers/}.
 *
 * @param where the file, for messages
 */
record LayerConfig(Object where) {
  /**
   * The layer of a description.
   *
   * @throws EnvironmentException if this program does not have its class or one of its arguments
   */
  Layer layer(JsonNode node) {
    String className = node.path("class_name").asText();
    String name = node.path("config").path("name").asText();
    String described = Excerpt.of("%s (%s)".formatted(name, className));
    if (!KerasClass.isOfKeras(node)) {
      throw unknown(described);
    }
    LayerArguments arguments = new LayerArguments(at(described), node.path("config"));
    try {
      Layer layer = layer(className, described, arguments);
      arguments.requireNoOthers();
      return layer;
    } catch (ArgumentException value) {
      throw new EnvironmentException("layer", at(described), value.expected(), value.received())
          .causedBy(value);
    }
  }

  /** Checks the input layer, which computes nothing: that it takes what this program has. */
  void requireInput(JsonNode node) {
    String described =
        Excerpt.of("%s (InputLayer)".formatted(node.path("config").path("name").asText()));
    if (!KerasClass.isOfKeras(node)) {
      throw unknown(described);
    }
    new LayerArguments(at(described), node.path("config"))
        .without("batch_shape", "batch_input_shape")
        .only("sparse", "false")
        .only("ragged", "false")
        .only("optional", "false")
        .requireNoOthers();
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
        arguments
            .only("axis", "-1", "3", "[3]")
            .only("center", "true")
            .only("scale", "true")
            .only("synchronized", "false")
            .only("renorm", "false");
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

  private String at(String described) {
    return "%s[%s]".formatted(where, described);
  }

  private EnvironmentException unknown(String described) {
    return new EnvironmentException(
        "layer",
        at(described),
        "one of Dense, Conv2D, Conv2DTranspose, BatchNormalization, UpSampling2D, Flatten,"
            + " LeakyReLU, Reshape, Activation",
        "a class that this program does not have");
  }
}
