package org.kerastwin.keras;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.EnvironmentException;

/**
 * Reads files of a few kilobytes that would cost seconds and gigabytes, made by
 * src/test/python/make_hostile_fixtures.py.
 */
class HostileHdf5Test {
  /** Gives volatile reads: the JIT may hoist plain reads out of the loop. */
  private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);

  private static byte[] file(String name) throws IOException {
    try (InputStream packed =
        HostileHdf5Test.class.getResourceAsStream("/keras/hostile/" + name + ".h5.gz")) {
      return new GZIPInputStream(packed).readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "paths, cyclic or endlessly",
    "circle, received",
    "chunks, data that fits in the file",
    "texts, two texts at one address",
    "length, 'at most 4194304 characters, received 5242880'"
  })
  void rejectsHostileFilesQuickly(String name, String expected) throws IOException {
    byte[] bytes = file(name);
    String message =
        assertTimeoutPreemptively(
            ofSeconds(10),
            () ->
                assertThrows(EnvironmentException.class, () -> Hdf5Reader.read(bytes, name + ".h5"))
                    .getMessage());
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains(name + ".h5"), message);
  }

  /** After the caller stops waiting, the parser must not run for hours. */
  @Test
  void stopsTheParserByZeroingItsBuffer() throws InterruptedException {
    byte[] bytes = {1, 2, 3};
    Thread[] worker = new Thread[1];
    assertThrows(
        BoundedTask.Endless.class,
        () ->
            BoundedTask.on(
                bytes,
                () -> {
                  worker[0] = Thread.currentThread();
                  byte[] made = {};
                  while ((byte) BYTES.getOpaque(bytes, 0) != 0) {
                    made = new byte[1 << 20];
                  }
                  return made;
                }));
    worker[0].join(10_000);
    assertEquals(Thread.State.TERMINATED, worker[0].getState());
  }

  /** The error must not blame the data. */
  @Test
  void reportsInterruptions() throws IOException {
    byte[] bytes = file("paths");
    Thread.currentThread().interrupt();
    try {
      String message =
          assertThrows(EnvironmentException.class, () -> Hdf5Reader.read(bytes, "a.h5"))
              .getMessage();
      assertTrue(message.contains("received an interruption."), message);
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void rethrowsFailuresOfTheTask() {
    IllegalStateException failure = new IllegalStateException("as it is");
    assertEquals(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                BoundedTask.on(
                    new byte[1],
                    () -> {
                      throw failure;
                    })));
  }
}
