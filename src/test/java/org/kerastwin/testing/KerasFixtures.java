package org.kerastwin.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

/** Results of Keras, written by {@code src/test/python/make_model_fixtures.py}. */
public final class KerasFixtures {
  private KerasFixtures() {}

  /** The arrays of a fixture file. */
  public static Map<String, NdArray> arrays(String file) {
    return Npz.readAll(path(file));
  }

  /** The arrays under a prefix, by the rest of their names. */
  public static Map<String, NdArray> under(Map<String, NdArray> arrays, String prefix) {
    Map<String, NdArray> selected = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            selected.put(name.substring(prefix.length()), array);
          }
        });
    return selected;
  }

  /** {@code names.json}. */
  public static JsonNode names() {
    try {
      return new ObjectMapper().readTree(path("names.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of a JSON array. */
  public static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The text of a fixture file. */
  public static String text(String file) {
    try {
      return Files.readString(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String file) {
    try {
      return Path.of(KerasFixtures.class.getResource("/keras/" + file).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
