package org.kerastwin.evaluation;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.TemporaryFolder;

/** The resources of the evaluation, made by {@code tools/EvaluationResources}. */
final class Resources {
  private static final String WHAT = "part of the program";

  private Resources() {}

  static Map<String, NdArray> arrays(String name) {
    // Archives are read with random access, which needs a file.
    try (TemporaryFolder temporary = new TemporaryFolder();
        InputStream in = open(name)) {
      Path file = temporary.path().resolve(name);
      Files.copy(in, file);
      return Npz.readAll(file);
    } catch (IOException e) {
      throw IoFailure.of(WHAT, name, "room for a temporary file", e);
    }
  }

  /** The figures of real test images and of the bundled generators, by name. */
  static Map<String, Metrics> figures() {
    String name = "figures.json";
    try (InputStream in = open(name)) {
      return EvaluationJson.MAPPER.readValue(
          in, new TypeReference<LinkedHashMap<String, Metrics>>() {});
    } catch (IOException e) {
      throw IoFailure.of(WHAT, name, "figures", e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = Resources.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the program lacks its resource '" + name + "'");
    }
    return in;
  }
}
