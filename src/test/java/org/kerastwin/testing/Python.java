package org.kerastwin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Python of the live tests, with tensorflow, keras and numpy: {@code mvn verify -Plive
 * -Dpython=/path/to/python}.
 */
public final class Python {
  private static final int MINUTES = 10;

  private Python() {}

  /** Runs a script; its output becomes the message of a failure. */
  public static void run(Path script, Object... arguments)
      throws IOException, InterruptedException {
    run(Map.of(), script, arguments);
  }

  /** Runs a script with more environment variables. */
  public static void run(Map<String, String> environment, Path script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("python", "python3"));
    command.add(script.toString());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Path log = Files.createTempFile("python", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      String lines = Files.readString(log);
      assertTrue(ended, () -> "no end after " + MINUTES + " minutes: " + lines);
      assertEquals(0, process.exitValue(), lines);
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }
}
