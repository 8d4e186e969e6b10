package org.kerastwin.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.DiscriminatorOutput;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.tensorflow.ndarray.Shape;

class NetworksFileTest {
  private static final Networks NOTEBOOK = Networks.notebook(Variant.UPSAMPLING, 100);

  @TempDir Path folder;

  private static String json() {
    return "{\"generator\":%s,\"discriminator\":%s}"
        .formatted(
            KerasDescription.json(NOTEBOOK.generator()),
            KerasDescription.json(NOTEBOOK.discriminator()));
  }

  private Networks read(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("gan.json"), json);
    return new NetworksFile(file).read();
  }

  @Test
  void readsBothNetworks() throws IOException {
    Networks found = read(json());
    assertEquals(NOTEBOOK.generator().nodes(), found.generator().nodes());
    assertEquals(NOTEBOOK.discriminator().nodes(), found.discriminator().nodes());
    assertEquals("discriminator", found.discriminator().name());
  }

  /** Noise of one pixel, and images without channels. */
  @Test
  void adaptsOtherShapes() throws IOException {
    Sequential generator =
        new Sequential(
            "generator",
            Shape.of(1, 1, 5),
            new Flatten(),
            new Dense(9),
            new Reshape(Shape.of(3, 3)));
    Sequential discriminator =
        new Sequential("discriminator", Shape.of(9), new Dense(1, Activation.Function.SIGMOID));
    Networks found =
        read(
            "{\"generator\":%s,\"discriminator\":%s}"
                .formatted(KerasDescription.json(generator), KerasDescription.json(discriminator)));
    assertEquals(5, found.noiseDim());
    assertArrayEquals(new long[] {3, 3, 1}, found.imageShape());
  }

  /** Fully convolutional discriminators end in a layer without a function. */
  @Test
  void looksBeforeLayersWithoutAFunction() {
    assertEquals(DiscriminatorOutput.SIGMOID, output(Activation.Function.SIGMOID));
    for (Layer last : List.of(new Flatten(), new Reshape(Shape.of(1)))) {
      assertEquals(DiscriminatorOutput.LOGITS, output(Activation.Function.LINEAR, last));
      // Keras computes the loss behind a sigmoid from clipped probabilities.
      assertEquals(DiscriminatorOutput.PROBABILITIES, output(Activation.Function.SIGMOID, last));
    }
  }

  /** In Keras, the loss behind a sigmoid and a linear activation is still that of logits. */
  @Test
  void passesOverLinearActivations() {
    Layer linear = Activation.LINEAR;
    assertEquals(DiscriminatorOutput.SIGMOID, output(Activation.Function.SIGMOID, linear));
    assertEquals(DiscriminatorOutput.LOGITS, output(Activation.Function.LINEAR, linear));
    assertEquals(
        DiscriminatorOutput.PROBABILITIES,
        output(Activation.Function.SIGMOID, new Flatten(), linear));
  }

  private static DiscriminatorOutput output(Activation.Function function, Layer... last) {
    Sequential generator = new Sequential("generator", Shape.of(4), new Reshape(Shape.of(2, 2, 1)));
    Stream<Layer> first = Stream.of(new Flatten(), new Dense(1, function));
    Sequential discriminator =
        new Sequential(
            "discriminator",
            Shape.of(2, 2, 1),
            Stream.concat(first, Stream.of(last)).toArray(Layer[]::new));
    return new Networks(generator, discriminator).discriminatorOutput();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"generator\":         | \"other\":              | a Keras model at 'generator'",
        "\"use_bias\":true      | \"use_bias\":true,\"kernel_initializer\":\"orthogonal\" |"
            + " dense (Dense) kernel_initializer orthogonal",
        "\"use_bias\":true      | \"use_bias\":true,\"kernel_regularizer\":\"l2\" | dense (Dense)"
            + " kernel_regularizer",
        "\"sigmoid\"            | \"relu\"                | a sigmoid or without an activation,"
            + " received relu",
        "[null,28,28,1]         | [null,32,32,1]          | expected a discriminator of images"
            + " (None, 28, 28, 1), received one of (None, 32, 32, 1).",
        "\"name\":\"generator\" | \"name\":               | a JSON object",
      })
  void namesUntrainableModels(String ours, String other, String expected) {
    assertTrue(json().contains(ours));
    String message =
        assertThrows(EnvironmentException.class, () -> read(json().replace(ours, other)))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }
}
