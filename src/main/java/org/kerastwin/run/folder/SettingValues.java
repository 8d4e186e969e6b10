package org.kerastwin.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;

/** The settings of a run as text, for reports and messages. */
public final class SettingValues {
  private SettingValues() {}

  /**
   * The values by their names in {@code config.json}. Each field of an object is a value. An
   * architecture is shortened to the names of its layers.
   */
  public static Map<String, String> of(RunConfig config) {
    ObjectNode flat = RunConfigFile.flat(config);
    if (flat.has(RunConfigFile.ARCHITECTURES)) {
      Networks networks = config.networks();
      flat.putObject(RunConfigFile.ARCHITECTURES)
          .put(Dcgan.GENERATOR, layers(networks.generator()))
          .put(Dcgan.DISCRIMINATOR, layers(networks.discriminator()));
    }
    Map<String, String> values = new LinkedHashMap<>();
    add("", flat, values);
    return values;
  }

  private static String layers(Sequential model) {
    return model.nodes().stream().map(LayerNode::name).collect(Collectors.joining(", "));
  }

  private static void add(String prefix, JsonNode object, Map<String, String> values) {
    object.forEachEntry(
        (key, value) -> {
          if (value.isObject()) {
            add(prefix + key + ".", value, values);
          } else {
            values.put(prefix + key, text(value));
          }
        });
  }

  private static String text(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }
}
