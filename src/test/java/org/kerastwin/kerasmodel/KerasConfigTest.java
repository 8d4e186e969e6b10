package org.kerastwin.kerasmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.KerasFile.Format;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;

/** Reads descriptions of models, and names unsupported parts. */
class KerasConfigTest {
  private static String describe(Sequential model) {
    return KerasDescription.of(Format.ARCHIVE, model, Optional.empty()).model().orElseThrow();
  }

  private static String refusal(String json) {
    return assertThrows(
            EnvironmentException.class, () -> KerasConfig.sequential(json, "model", "file.keras"))
        .getMessage();
  }

  @ParameterizedTest
  @EnumSource
  void describesTheGenerators(Variant variant) {
    Sequential generator = Dcgan.generator(variant, 100);
    Sequential rebuilt = KerasConfig.sequential(describe(generator), "other", "file.keras");
    assertEquals(generator.nodes(), rebuilt.nodes());
    assertEquals("other", rebuilt.name());
  }

  @Test
  void describesTheDiscriminator() {
    Sequential discriminator = Dcgan.discriminator();
    assertEquals(
        discriminator.nodes(),
        KerasConfig.sequential(describe(discriminator), "other", "file.keras").nodes());
  }

  /** Unsupported values as Keras writes them, each in place of the supported one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"padding\":\"same\"          | \"padding\":\"causal\"         | padding one of [same,"
            + " valid]",
        "\"strides\":[1,1]             | \"strides\":[1,0]              | strides positive"
            + " integers",
        "\"use_bias\":true             | \"use_bias\":1                 | use_bias true or false",
        "\"activation\":\"tanh\"       | \"activation\":\"glu\"         | activation linear, tanh",
        "\"axis\":-1                   | \"axis\":1                     | axis -1",
        "\"center\":true               | \"center\":1                   | center true or false",
        "\"interpolation\":\"nearest\" | \"interpolation\":\"bicubic\"  | interpolation one of",
        "channels_last                 | channels_first                 | data_format"
            + " channels_last",
        "\"dtype\":\"float32\"         | \"dtype\":\"int8\"             | dtype a policy of floats",
        "\"units\":6272                | \"units\":-1                   | units a positive integer",
        "\"units\":6272                | \"units\":6271                 | layers that fit one"
            + " another",
        "\"use_bias\":true             | \"use_bias\":true,\"groups\":2 | groups",
        "\"class_name\":\"Reshape\"    | \"class_name\":\"Permute\"     | reshape (Permute)",
        "\"class_name\":\"Sequential\" | \"class_name\":\"Functional\"  | a chain of layers",
        "\"module\":\"keras\",\"class_name\":\"Seq | \"module\":\"my\",\"class_name\":\"Seq | a"
            + " chain of layers",
        "\"module\":\"keras\",\"class_name\":\"Seq | \"module\":\"my\",\"class_name\":\"Seq |"
            + " received the class 'Sequential' of 'my'.",
        "\"keras.layers\",\"class_name\":\"LeakyReLU\" | \"my\",\"class_name\":\"LeakyReLU\" |"
            + " (LeakyReLU)",
        "\"use_bias\":true             | \"use_bias\":true,\"new\":false | new none, received"
            + " false",
        "\"center\":true               | \"center\":true,\"synchronized\":true | synchronized"
            + " false",
        "\"class_name\":\"Reshape\"    | \"class_name\":\"InputLayer\"  | reshape (InputLayer)",
        "\"batch_shape\":[null,100]    | \"batch_shape\":[null,100],\"sparse\":true | sparse false",
        "\"negative_slope\":0.2        | \"negative_slope\":-1          | a slope of at least 0",
        "\"negative_slope\":0.2        | \"slope\":0.2                  | slope none",
        "\"size\":[2,2]                | \"size\":[100000,100000]       | numbers per sample",
        "[null,100]                    | [null,null]                    | an input of known sizes",
      })
  void namesUnsupportedLayersAndArguments(String ours, String other, String expected) {
    String json = describe(Dcgan.generator(Variant.UPSAMPLING, 100));
    assertTrue(json.contains(ours), json);
    String message = refusal(json.replace(ours, other));
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("file.keras"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"class_name\":\"Sequential\"}", "\u0000"})
  void rejectsOtherJson(String json) {
    assertTrue(refusal(json).contains("expected"));
  }

  /** The library's own message would recommend its options. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": NaN}", "{\"a\": \u0001}"})
  void messagesNameNoParserClasses(String json) {
    assertEquals(
        "model 'file.keras': expected a description in JSON, received something else at character",
        refusal(json).replaceAll(" \\d+\\.$", ""));
  }

  @Test
  void shortensLongNames() {
    String json = describe(Dcgan.generator(Variant.UPSAMPLING, 100));
    String name = "\\u001b[31m" + "x".repeat(60_000);
    String message = refusal(json.replace("\"use_bias\":true", "\"" + name + "\":1"));
    assertTrue(message.length() < 500 && message.indexOf('\u001b') < 0, message);
  }

  @Test
  void rejectsDeepNesting() {
    assertTrue(refusal("[".repeat(100_000)).contains("JSON"));
  }

  private static Optional<AdamSettings> adam(String optimizer) {
    String json = "{\"compile_config\":{\"optimizer\":" + optimizer + "}}";
    return OptimizerConfig.adam(
        new KerasFile.Description(Optional.of(json), Optional.empty()), "file.keras");
  }

  /** As Keras 3.15.1 writes it. */
  private static final String ADAM =
      "{\"module\":\"keras.optimizers\",\"class_name\":\"Adam\",\"config\":{\"name\":\"adam\","
          + "\"learning_rate\":0.00019999999494757503,\"weight_decay\":null,\"clipnorm\":null,"
          + "\"global_clipnorm\":null,\"clipvalue\":null,\"use_ema\":false,\"ema_momentum\":0.99,"
          + "\"ema_overwrite_frequency\":null,\"loss_scale_factor\":null,"
          + "\"gradient_accumulation_steps\":null,\"beta_1\":0.5,\"beta_2\":0.999,"
          + "\"epsilon\":1e-07,\"amsgrad\":false}}";

  @Test
  void readsAdam() {
    assertEquals(
        Optional.of(new AdamSettings(0.00019999999494757503, 0.5, 0.999, 1e-7)), adam(ADAM));
  }

  /** Keras 2.1.6: {@code optimizers.py}, {@code Adam.get_config}. */
  @Test
  void readsAdamOfKerasBefore23() {
    String adam =
        "{\"class_name\":\"Adam\",\"config\":{\"lr\":0.0002,\"beta_1\":0.5,\"beta_2\":0.999,"
            + "\"decay\":0.0,\"epsilon\":1e-07,\"amsgrad\":false}}";
    assertEquals(Optional.of(new AdamSettings(0.0002, 0.5, 0.999, 1e-7)), adam(adam));
  }

  /** A custom class with the name of one of Keras's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"keras.optimizers\"    | \"my\"",
        "\"class_name\":\"Adam\" | \"class_name\":\"Adam\",\"registered_name\":\"my>Adam\"",
      })
  void ignoresForeignAdams(String ours, String other) {
    assertTrue(ADAM.contains(ours));
    assertEquals(Optional.empty(), adam(ADAM.replace(ours, other)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.00019999999494757503, -1.0, learning_rate -1.0",
    "0.00019999999494757503, 1e999, learning_rate Infinity",
    "\"beta_1\":0.5, \"beta_1\":5, beta_1 5.0",
    "\"beta_2\":0.999, \"beta_2\":1, beta_2 1.0",
    "\"epsilon\":1e-07, \"epsilon\":-1e-07, epsilon -1.0E-7"
  })
  void namesInvalidAdamSettings(String possible, String impossible, String expected) {
    assertTrue(ADAM.contains(possible));
    String message =
        assertThrows(EnvironmentException.class, () -> adam(ADAM.replace(possible, impossible)))
            .getMessage();
    assertTrue(
        message.contains("'file.keras'") && message.contains("received " + expected), message);
    assertTrue(
        message.contains("beta_2 in [0, 1), and a finite learning rate and epsilon of at least 0"),
        message);
  }

  /** Variants of Adam with other updates. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"class_name\":\"Adam\" | \"class_name\":\"AdamW\"",
        "\"class_name\":\"Adam\" | \"class_name\":\"Nadam\"",
        "\"weight_decay\":null | \"weight_decay\":0.004",
        "\"clipnorm\":null,\"g | \"clipnorm\":1.0,\"g",
        "\"global_clipnorm\":null | \"global_clipnorm\":1.0",
        "\"clipvalue\":null | \"clipvalue\":0.5",
        "\"use_ema\":false | \"use_ema\":true",
        "\"loss_scale_factor\":null | \"loss_scale_factor\":1024.0",
        "\"gradient_accumulation_steps\":null | \"gradient_accumulation_steps\":2",
        "\"amsgrad\":false | \"amsgrad\":true",
        "0.00019999999494757503 | {\"class_name\":\"ExponentialDecay\"}",
      })
  void ignoresOtherOptimizers(String ours, String other) {
    assertTrue(ADAM.contains(ours));
    assertEquals(Optional.empty(), adam(ADAM.replace(ours, other)));
  }

  /** Keras 2 writes the arguments of its class Conv for them too; Keras 3 refuses these. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DepthwiseConv2D | , 'kernel_size': [3, 3], 'groups': 1",
        "SeparableConv2D | , 'kernel_size': [3, 3], 'groups': 1, 'filters': 4,"
            + " 'pointwise_initializer': 'glorot_uniform',"
            + " 'kernel_initializer': {'class_name': 'GlorotUniform', 'config': {'seed': null}},"
            + " 'kernel_regularizer': null, 'kernel_constraint': null"
      })
  void readsDepthwiseConvolutionsOfKeras2(String name, String arguments) {
    String json =
        """
        {"class_name": "Sequential", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 8, 8, 1]}},
          {"class_name": "%s", "config": {"name": "c", "strides": [1, 1], "padding": "same",
           "data_format": "channels_last", "dilation_rate": [1, 1], "depth_multiplier": 2,
           "activation": "linear", "use_bias": true%s}}]}}
        """
            .formatted(name, arguments.replace('\'', '"'));
    KerasConfig.DescribedModel read = KerasConfig.read(json, "m", "file.h5");
    assertEquals(name, read.model().nodes().get(0).layer().className());
    assertEquals(List.of(), read.unsupportedInTraining());
    assertFalse(
        read.trainingArguments().toString().contains("kernel_"),
        read.trainingArguments().toString());
  }
}
