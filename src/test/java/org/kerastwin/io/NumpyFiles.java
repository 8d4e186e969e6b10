package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.function.Executable;
import org.kerastwin.EnvironmentException;

/** The files written by src/test/python/make_io_fixtures.py with NumPy, and their content. */
final class NumpyFiles {
  static final float[] FLOATS = {0, 0.5f, -1.25f, 3e38f, Float.MIN_VALUE, Float.NaN};

  private NumpyFiles() {}

  static Path file(String name) {
    try {
      return Path.of(NumpyFiles.class.getResource("/io/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The error message, which must have the project's form. */
  static String refusal(Executable reading) {
    String message = assertThrows(EnvironmentException.class, reading).getMessage();
    assertTrue(message.matches("[^']+ '.+': expected .+, received .+\\.( .+\\.|.+\\?)?"), message);
    return message;
  }
}
