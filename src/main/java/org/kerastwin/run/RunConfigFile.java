package org.kerastwin.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.RegularFile;

/** The settings of a run in its folder's {@code config.json}, of which nothing may be missing. */
public final class RunConfigFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          // Enums are written as the command line names them.
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  /** Settings take a kilobyte. */
  private static final long MAX_BYTES = 4L << 20;

  private RunConfigFile() {}

  /** Replaces them. */
  static void write(Path run, RunConfig config) {
    Path file = RunFolder.config(run);
    try {
      AtomicFile.write(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The settings of a run.
   *
   * @throws EnvironmentException if the file is missing or not what a run writes
   */
  public static RunConfig read(Path run) {
    try {
      RunConfig config =
          JSON.readValue(
              RegularFile.bytes("config", RunFolder.config(run), MAX_BYTES), RunConfig.class);
      if (config == null) {
        throw noSettings(run, "null");
      }
      return config;
    } catch (JsonProcessingException malformed) {
      throw noSettings(run, finding(malformed)).causedBy(malformed);
    } catch (IOException unreadable) {
      throw IoFailure.of("config", RunFolder.config(run), "a file that can be read", unreadable);
    }
  }

  /** What is wrong, in few words: the library's own go on about its options. */
  private static String finding(JsonProcessingException malformed) {
    if (malformed.getCause() instanceof IllegalArgumentException outOfRange) {
      return outOfRange.getMessage();
    }
    if (malformed instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "something else at '%s'".formatted(mapping.getPath().get(0).getFieldName());
    }
    return malformed.getLocation() == null
        ? "something else"
        : "something else at line %d".formatted(malformed.getLocation().getLineNr());
  }

  private static EnvironmentException noSettings(Path run, String received) {
    return new EnvironmentException(
        "config", RunFolder.config(run), "the settings that a run writes", received);
  }
}
