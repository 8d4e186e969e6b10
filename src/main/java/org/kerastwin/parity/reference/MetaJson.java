package org.kerastwin.parity.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.StrictJson;
import org.kerastwin.layers.Precision;

/**
 * Reads the JSON in a reference that says how it was computed, and checks its numbers.
 *
 * @param where the reference, for messages
 */
record MetaJson(Object where) {
  private static final int FORMAT = 3;
  private static final long MAX_SEED = (1L << 32) - 1;

  /** A batch that fits into the memory of a small machine. */
  private static final int MAX_BATCH = 4096;

  private static final int MAX_NOISE_DIM = 1 << 16;

  private static final JsonMapper JSON =
      StrictJson.mapper()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  /**
   * Reads the fields.
   *
   * @throws EnvironmentException if a field is missing, unknown or out of range
   */
  Reference.Meta read(String json) {
    Reference.Meta meta = parsed(json);
    if (meta.format() != FORMAT) {
      throw damaged("format " + FORMAT, "format " + meta.format());
    }
    if (!meta.isDiscriminator() && !meta.isModel() && meta.generator().isEmpty()) {
      throw damaged("a network of the notebook", "'" + meta.variant() + "'");
    }
    requireWithin("batch", meta.batch(), 1, MAX_BATCH);
    requireWithin("noise_dim", meta.noiseDim(), 1, MAX_NOISE_DIM);
    requireWithin("samples", meta.samples(), 0, Integer.MAX_VALUE);
    requireWithin("seed", meta.seed(), 0, MAX_SEED);
    meta.kinks()
        .forEach(
            (key, kink) -> {
              if (kink == null || !(kink >= 0 && kink <= 1)) {
                throw damaged("'kinks' from 0 to 1", key + " " + kink);
              }
            });
    return meta;
  }

  private Reference.Meta parsed(String json) {
    String expected = "the fields that the exporter writes under 'meta'";
    try {
      JsonNode fields = JSON.readTree(json);
      if (fields instanceof ObjectNode object && !object.has("precision")) {
        // Earlier versions wrote only float32 references.
        object.put("precision", Precision.FLOAT32.toString());
      }
      Reference.Meta meta = JSON.treeToValue(fields, Reference.Meta.class);
      if (meta == null) {
        throw damaged(expected, "null");
      }
      return meta;
    } catch (JsonProcessingException malformed) {
      String reason = malformed.getOriginalMessage().lines().findFirst().orElse("unknown");
      throw damaged(expected, reason).causedBy(malformed);
    }
  }

  private void requireWithin(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw damaged("'%s' from %d to %d".formatted(name, min, max), String.valueOf(value));
    }
  }

  private EnvironmentException damaged(String expected, String received) {
    return ReferenceFile.damaged(where, expected, received);
  }
}
