package org.kerastwin.kerasmodel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.AveragePooling2D;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Cropping2D;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.DepthwiseConv2D;
import org.kerastwin.layers.Dropout;
import org.kerastwin.layers.ELU;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.GaussianNoise;
import org.kerastwin.layers.GlobalAveragePooling2D;
import org.kerastwin.layers.GlobalMaxPooling2D;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LayerNormalization;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.MaxPooling2D;
import org.kerastwin.layers.PReLU;
import org.kerastwin.layers.Permute;
import org.kerastwin.layers.ReLU;
import org.kerastwin.layers.Rescaling;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.SeparableConv2D;
import org.kerastwin.layers.Size;
import org.kerastwin.layers.Softmax;
import org.kerastwin.layers.SpatialDropout2D;
import org.kerastwin.layers.UpSampling2D;
import org.kerastwin.layers.UpSampling2D.Interpolation;
import org.kerastwin.layers.ZeroPadding2D;

/**
 * Maps our layers to Keras's JSON: how the arguments of each class are read and written. Keras
 * 3.15.1: {@code get_config} of the classes below {@code layers/}; Keras 2 where it differs.
 */
final class LayerTable {
  private static final List<Row<?>> ROWS =
      List.of(
          new Row<>(
              Dense.class,
              json -> new Dense(json.positive("units"), json.flag("use_bias"), json.activation()),
              (dense, json) ->
                  json.put("units", dense.units())
                      .put("use_bias", dense.useBias())
                      .put(dense.activation())),
          new Row<>(
              Conv2D.class,
              json ->
                  new Conv2D(
                      json.positive("filters"),
                      json.kernel(),
                      json.flag("use_bias"),
                      json.activation()),
              (conv, json) ->
                  json.put("filters", conv.filters())
                      .putConvolution(conv.window(), conv.useBias(), conv.activation())),
          new Row<>(
              DepthwiseConv2D.class,
              json ->
                  new DepthwiseConv2D(
                      json.positive("depth_multiplier", 1),
                      json.kernel(),
                      json.flag("use_bias"),
                      json.activation()),
              (conv, json) ->
                  json.put("depth_multiplier", conv.depthMultiplier())
                      .putConvolution(conv.window(), conv.useBias(), conv.activation())),
          new Row<>(
              SeparableConv2D.class,
              json ->
                  new SeparableConv2D(
                      json.positive("filters"),
                      json.positive("depth_multiplier", 1),
                      json.kernel(),
                      json.flag("use_bias"),
                      json.activation()),
              (conv, json) ->
                  json.put("filters", conv.filters())
                      .put("depth_multiplier", conv.depthMultiplier())
                      .putConvolution(conv.window(), conv.useBias(), conv.activation())),
          new Row<>(
              Conv2DTranspose.class,
              json ->
                  new Conv2DTranspose(
                      json.positive("filters"),
                      json.kernel(),
                      json.flag("use_bias"),
                      json.activation(),
                      json.outputPadding()),
              (conv, json) -> {
                json.put("filters", conv.filters())
                    .putConvolution(conv.window(), conv.useBias(), conv.activation());
                conv.outputPadding().ifPresent(padding -> json.put("output_padding", padding));
              }),
          new Row<>(
              BatchNormalization.class,
              json -> {
                json.requireLastAxis("axis").only("synchronized", "false").only("renorm", "false");
                return new BatchNormalization(
                    json.number("momentum", 0.99),
                    json.number("epsilon", 1e-3),
                    json.flag("center"),
                    json.flag("scale"));
              },
              (norm, json) ->
                  json.put("axis", -1)
                      .put("momentum", norm.momentum())
                      .put("epsilon", norm.epsilon())
                      .put("center", norm.center())
                      .put("scale", norm.scale())),
          new Row<>(
              LayerNormalization.class,
              json -> {
                json.requireLastAxis("axis").only("rms_scaling", "false");
                return new LayerNormalization(
                    json.number("epsilon", 1e-3), json.flag("center"), json.flag("scale"));
              },
              (norm, json) ->
                  json.put("axis", List.of(-1))
                      .put("epsilon", norm.epsilon())
                      .put("center", norm.center())
                      .put("scale", norm.scale())),
          new Row<>(
              UpSampling2D.class,
              json ->
                  new UpSampling2D(
                      json.channelsLast().size("size", Size.square(2)),
                      json.choice("interpolation", Interpolation.class, Interpolation.NEAREST)),
              (up, json) ->
                  json.put("size", up.size())
                      .putChannelsLast()
                      .put("interpolation", up.interpolation())),
          new Row<>(
              Flatten.class,
              json -> {
                json.channelsLast();
                return new Flatten();
              },
              (flatten, json) -> json.putChannelsLast()),
          new Row<>(
              Reshape.class,
              json -> new Reshape(json.targetShape()),
              (reshape, json) -> json.put("target_shape", reshape.targetShape())),
          new Row<>(
              Permute.class,
              json -> new Permute(json.integers("dims")),
              (permute, json) -> json.put("dims", permute.dims())),
          new Row<>(
              Rescaling.class,
              json -> new Rescaling(json.number("scale"), json.number("offset", 0)),
              (rescaling, json) ->
                  json.put("scale", rescaling.scale()).put("offset", rescaling.offset())),
          new Row<>(
              LeakyReLU.class,
              // Keras 2 calls it alpha.
              json ->
                  new LeakyReLU(
                      json.singlePrecision(json.has("alpha") ? "alpha" : "negative_slope", 0.3)),
              (leaky, json) -> json.put("negative_slope", leaky.negativeSlope())),
          new Row<>(
              ReLU.class,
              json ->
                  new ReLU(
                      json.singlePrecision("negative_slope", 0),
                      json.singlePrecision("max_value"),
                      json.singlePrecision("threshold", 0)),
              (relu, json) ->
                  json.put("max_value", relu.maxValue())
                      .put("negative_slope", relu.negativeSlope())
                      .put("threshold", relu.threshold())),
          new Row<>(
              Softmax.class,
              json -> {
                json.requireLastAxis("axis");
                return new Softmax();
              },
              (softmax, json) -> json.put("axis", -1)),
          new Row<>(
              ELU.class,
              json -> new ELU(json.singlePrecision("alpha", 1)),
              (elu, json) -> json.put("alpha", elu.alpha())),
          new Row<>(
              PReLU.class,
              json -> new PReLU(Set.copyOf(json.integers("shared_axes"))),
              (prelu, json) ->
                  json.put("shared_axes", prelu.sharedAxes().stream().sorted().toList())),
          new Row<>(
              Activation.class,
              json -> new Activation(json.activation()),
              (activation, json) -> json.put(activation.activation())),
          new Row<>(
              Dropout.class,
              json -> {
                json.only("noise_shape");
                return new Dropout(json.number("rate"), json.seed());
              },
              (dropout, json) -> json.put("rate", dropout.rate()).put(dropout.seed())),
          new Row<>(
              SpatialDropout2D.class,
              json -> {
                json.channelsLast().only("noise_shape");
                return new SpatialDropout2D(json.number("rate"), json.seed());
              },
              (dropout, json) ->
                  json.put("rate", dropout.rate())
                      .put(dropout.seed())
                      .putChannelsLast()
                      .withoutTrainable()),
          new Row<>(
              GaussianNoise.class,
              json -> new GaussianNoise(json.number("stddev"), json.seed()),
              (noise, json) -> json.put("stddev", noise.stddev()).put(noise.seed())),
          new Row<>(
              ZeroPadding2D.class,
              json -> new ZeroPadding2D(json.channelsLast().border("padding", 1)),
              (padding, json) -> json.put("padding", padding.padding()).putChannelsLast()),
          new Row<>(
              Cropping2D.class,
              json -> new Cropping2D(json.channelsLast().border("cropping", 0)),
              (cropping, json) -> json.put("cropping", cropping.cropping()).putChannelsLast()),
          new Row<>(
              MaxPooling2D.class,
              json -> new MaxPooling2D(json.pool()),
              (pooling, json) -> json.putPool(pooling.window())),
          new Row<>(
              AveragePooling2D.class,
              json -> new AveragePooling2D(json.pool()),
              (pooling, json) -> json.putPool(pooling.window())),
          new Row<>(
              GlobalAveragePooling2D.class,
              json -> new GlobalAveragePooling2D(json.channelsLast().flag("keepdims", false)),
              (pooling, json) -> json.put("keepdims", pooling.keepDims()).putChannelsLast()),
          new Row<>(
              GlobalMaxPooling2D.class,
              json -> new GlobalMaxPooling2D(json.channelsLast().flag("keepdims", false)),
              (pooling, json) -> json.put("keepdims", pooling.keepDims()).putChannelsLast()));

  /**
   * A class of layers, with Keras's name.
   *
   * @param type our class
   * @param reader makes a layer from Keras's arguments
   * @param writer writes the arguments of a layer
   */
  record Row<L extends Layer>(
      Class<L> type, Function<LayerArguments, L> reader, BiConsumer<L, LayerDescription> writer) {
    String className() {
      return type.getSimpleName();
    }

    void write(Layer layer, LayerDescription json) {
      writer.accept(type.cast(layer), json);
    }
  }

  private LayerTable() {}

  /** The row of a layer, if Keras has its class. */
  static Optional<Row<?>> of(Layer layer) {
    return ROWS.stream().filter(row -> row.type().isInstance(layer)).findFirst();
  }

  /** The row of the class with that name in Keras. */
  static Optional<Row<?>> of(String className) {
    return ROWS.stream().filter(row -> row.className().equals(className)).findFirst();
  }

  /** The names of all classes, for a message. */
  static String classNames() {
    return ROWS.stream().map(Row::className).collect(Collectors.joining(", "));
  }
}
