package org.kerastwin.run.folder;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.RegularFile;
import org.kerastwin.io.StrictJson;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Variant;

/** Reads and writes {@code config.json}: a flat JSON object with a key for each setting. */
public final class RunConfigFile {
  /** Omitted for the notebook's networks. */
  static final String ARCHITECTURES = "architectures";

  private static final String VARIANT = "variant";

  /** The variant in the file of a run with other networks than the notebook's. */
  private static final String OTHER_NETWORKS = "networks";

  /** The keys in order, with the place of each value in a {@link RunConfig}. */
  private static final List<Map.Entry<String, JsonPointer>> KEYS =
      List.of(
          key(VARIANT, "/gan/variant"),
          key("epochs", "/epochs"),
          key("batch_size", "/gan/batchSize"),
          key("learning_rate", "/gan/adam/learningRate"),
          key("beta_1", "/gan/adam/beta1"),
          key("noise_dim", "/gan/noiseDim"),
          key("label_smoothing", "/gan/realLabel"),
          key("bn_statistics", "/gan/statistics"),
          key("form", "/gan/form"),
          key("precision", "/gan/precision"),
          key("ema", "/gan/ema"),
          key("seed", "/seed"),
          key("save_every", "/saveEvery"),
          key("checkpoint_minutes", "/checkpointMinutes"),
          key("evaluate_every", "/evaluateEvery"),
          key("initial_weights", "/initialWeights"),
          key(ARCHITECTURES, "/architectures"),
          key("dataset", "/dataset"),
          key("versions", "/versions"));

  /** Settings that a file may omit, with their defaults. */
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "precision",
          TextNode.valueOf(Precision.FLOAT32.toString()),
          "ema",
          IntNode.valueOf(0),
          "checkpoint_minutes",
          IntNode.valueOf(RunConfig.DEFAULT_CHECKPOINT_MINUTES),
          "evaluate_every",
          IntNode.valueOf(0),
          ARCHITECTURES,
          JsonNodeFactory.instance.objectNode());

  private static final JsonMapper JSON =
      StrictJson.mapper()
          // Enums have the names of the command line.
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  /** Usual files have about a kilobyte. */
  private static final long MAX_BYTES = 4L << 20;

  private static final String WHAT = "config";

  private RunConfigFile() {}

  private static Map.Entry<String, JsonPointer> key(String name, String place) {
    return entry(name, JsonPointer.compile(place));
  }

  /** Replaces the file. */
  public static void write(Path run, RunConfig config) {
    AtomicFile.write(new RunFiles(run).config(), text(config));
  }

  /** The content of the file. */
  public static String text(RunConfig config) {
    return flat(config).toPrettyString() + "\n";
  }

  /** The settings as they are in the file. */
  static ObjectNode flat(RunConfig config) {
    JsonNode values = JSON.valueToTree(config);
    ObjectNode flat = JSON.createObjectNode();
    KEYS.forEach(key -> flat.set(key.getKey(), values.at(key.getValue())));
    if (config.architectures().isEmpty()) {
      flat.remove(ARCHITECTURES);
    } else {
      flat.put(VARIANT, OTHER_NETWORKS);
    }
    return flat;
  }

  /**
   * The settings of a run.
   *
   * @throws EnvironmentException if the file is missing or does not hold the settings of a run
   */
  public static RunConfig read(Path run) {
    Path file = new RunFiles(run).config();
    return parse(RegularFile.bytes(WHAT, file, MAX_BYTES), file);
  }

  /**
   * Parses a text written by {@link #text}.
   *
   * @param file where the text came from, for messages
   * @throws EnvironmentException if the text does not hold the settings of a run
   */
  static RunConfig parse(byte[] text, Path file) {
    try {
      JsonNode flat = JSON.readTree(text);
      return JSON.treeToValue(nested(flat, file), RunConfig.class);
    } catch (JsonProcessingException malformed) {
      throw noSettings(file, finding(malformed)).causedBy(malformed);
    } catch (IOException unreadable) {
      throw IoFailure.of(WHAT, file, "a file that can be read", unreadable);
    }
  }

  /** Moves the values to their places in the records. */
  private static ObjectNode nested(JsonNode flat, Path file) {
    if (!flat.isObject()) {
      throw noSettings(file, "no JSON object");
    }
    ObjectNode given = JSON.createObjectNode();
    given.setAll(DEFAULTS);
    given.setAll((ObjectNode) flat);
    if (given.path(VARIANT).asText().equals(OTHER_NETWORKS)
        && !given.path(ARCHITECTURES).isEmpty()) {
      given.put(VARIANT, Variant.UPSAMPLING.label());
    }
    ObjectNode settings = JSON.createObjectNode();
    settings
        .withObject("/gan/adam")
        .put("beta2", AdamSettings.BETA_2)
        .put("epsilon", AdamSettings.EPSILON);
    for (Map.Entry<String, JsonPointer> key : KEYS) {
      JsonNode value = given.get(key.getKey());
      if (value == null) {
        throw noSettings(file, "no value at '%s'".formatted(key.getKey()));
      }
      settings
          .withObject(key.getValue().head())
          .set(key.getValue().last().getMatchingProperty(), value);
    }
    if (given.size() > KEYS.size()) {
      throw noSettings(file, "unknown settings");
    }
    return settings;
  }

  /** A short description of the error: the library's own message also lists its options. */
  private static String finding(JsonProcessingException malformed) {
    if (malformed.getCause() instanceof IllegalArgumentException outOfRange) {
      return outOfRange.getMessage();
    }
    if (malformed instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String place =
          mapping.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .collect(Collectors.joining("/", "/", ""));
      return KEYS.stream()
          .filter(key -> (place + "/").startsWith(key.getValue() + "/"))
          .findFirst()
          .map(key -> "something else at '%s'".formatted(key.getKey()))
          .orElse("something else");
    }
    return malformed.getLocation() == null
        ? "something else"
        : "something else at line %d".formatted(malformed.getLocation().getLineNr());
  }

  private static EnvironmentException noSettings(Path file, String received) {
    return new EnvironmentException(
        Problem.with(WHAT, file).expected("the settings that a run writes").received(received));
  }
}
