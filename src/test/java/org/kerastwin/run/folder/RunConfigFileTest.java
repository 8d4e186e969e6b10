package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.EnvironmentException;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.TinyRuns;

class RunConfigFileTest {
  private static String text(List<String> networks) {
    RunConfig notebook = TinyRuns.config(2, 8);
    Map<String, JsonNode> architectures = new LinkedHashMap<>();
    networks.forEach(name -> architectures.put(name, TextNode.valueOf(name)));
    return RunConfigFile.text(
        new RunConfig(
            notebook.gan(),
            notebook.epochs(),
            notebook.seed(),
            notebook.saveEvery(),
            notebook.checkpointMinutes(),
            notebook.evaluateEvery(),
            Map.of(),
            architectures,
            notebook.dataset(),
            notebook.versions()));
  }

  @Test
  void settingsAreReadAsTheyWereWritten() {
    RunConfig written = TinyRuns.config(7, 13);
    byte[] text = RunConfigFile.text(written).getBytes(StandardCharsets.UTF_8);
    assertEquals(written, RunConfigFile.parse(text, Path.of("config.json")));
  }

  /** A resumed run has the bytes of an uninterrupted one. */
  @Test
  void theOrderOfTheNetworksIsAlwaysTheSame() {
    assertEquals(
        text(List.of(Dcgan.GENERATOR, Dcgan.DISCRIMINATOR)),
        text(List.of(Dcgan.DISCRIMINATOR, Dcgan.GENERATOR)));
  }

  /** Users may edit the file. */
  @Test
  void networksThatDoNotFitEachOtherAreDamage() {
    Networks notebook = Networks.notebook(Variant.TRANSPOSED, 4);
    String text =
        RunConfigFile.text(TinyRuns.config(2, 8).training(notebook))
            .replaceFirst("null, 28, 28, 1", "null, 32, 32, 1");
    RunConfig edited =
        RunConfigFile.parse(text.getBytes(StandardCharsets.UTF_8), Path.of("config.json"));
    EnvironmentException misfit = assertThrows(EnvironmentException.class, edited::networks);
    assertEquals(
        "networks 'config.json': expected a discriminator of images (None, 28, 28, 1), received one"
            + " of (None, 32, 32, 1).",
        misfit.getMessage());
  }

  /** The report shows the values in a table, where a whole architecture would not fit. */
  @Test
  void theValueOfAnArchitectureIsTheNamesOfItsLayers() {
    Networks notebook = Networks.notebook(Variant.TRANSPOSED, 4);
    Map<String, String> values = SettingValues.of(TinyRuns.config(2, 8).training(notebook));
    assertEquals(
        "conv2d, leaky_re_lu, conv2d_1, leaky_re_lu_1, flatten, dense",
        values.get("architectures.discriminator"));
    assertEquals("4", values.get("noise_dim"));
  }
}
