package org.kerastwin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Variant;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"generator\":         | \"other\":              | a Keras model at 'generator'",
        "\"use_bias\":true      | \"use_bias\":true,\"kernel_initializer\":\"he_normal\" |"
            + " dense (Dense) kernel_initializer he_normal",
        "\"use_bias\":true      | \"use_bias\":true,\"kernel_regularizer\":\"l2\" | dense (Dense)"
            + " kernel_regularizer",
        "\"sigmoid\"            | \"relu\"                | a sigmoid or without an activation,"
            + " received relu",
        "[null,28,28,1]         | [null,32,32,1]          | discriminator: expected (None, 28, 28,"
            + " 1)",
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
