package org.kerastwin.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.model.Dcgan;
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

  /** A resumed run has the bytes of an uninterrupted one. */
  @Test
  void theOrderOfTheNetworksIsAlwaysTheSame() {
    assertEquals(
        text(List.of(Dcgan.GENERATOR, Dcgan.DISCRIMINATOR)),
        text(List.of(Dcgan.DISCRIMINATOR, Dcgan.GENERATOR)));
  }
}
