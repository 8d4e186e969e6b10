package org.kerastwin.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;

/**
 * Python's consumers load what Java wrote, and give its images. Needs tensorflow, keras and numpy;
 * {@code mvn verify -Plive -Dpython=/path/to/python}.
 */
@Tag("live")
class PythonLoadsSavedModelTest {
  private static final Path SCRIPT = Path.of("src/test/python/check_saved_model.py");
  private static final int ROWS = 6;
  private static final int MINUTES = 10;

  private final TinyGenerator.Model generator = TinyGenerator.of(1);
  private final NdArray noise = TinyGenerator.noise(ROWS);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void writeArrays() throws IOException {
    folder = temporary.resolve("saved_model");
    Files.write(temporary.resolve("noise.npy"), npy(noise));
    Files.write(temporary.resolve("images.npy"), npy(generator.run(noise, ROWS)));
  }

  @Test
  void everyConsumerTakesTheModelWithVariables() throws Exception {
    SavedModelWriter.write(generator.graph(), generator.weights(), folder);
    check(8, 6);
  }

  @Test
  void everyConsumerTakesTheFrozenModel() throws Exception {
    SavedModelWriter.write(
        generator.graph().frozen(generator.weights()), generator.weights(), folder);
    check(0, 0);
  }

  private void check(int variables, int trainable) throws IOException, InterruptedException {
    Path log = temporary.resolve("log.txt");
    List<String> command =
        List.of(
            System.getProperty("python", "python3"),
            SCRIPT.toString(),
            folder.toString(),
            temporary.resolve("noise.npy").toString(),
            temporary.resolve("images.npy").toString(),
            Integer.toString(variables),
            Integer.toString(trainable));
    Process python =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = python.waitFor(MINUTES, TimeUnit.MINUTES);
      String lines = Files.readString(log);
      assertTrue(ended, () -> "no end after " + MINUTES + " minutes: " + lines);
      assertEquals(0, python.exitValue(), lines);
    } finally {
      python.destroyForcibly();
    }
  }

  /** The array as a {@code .npy} file of format 1.0. */
  private static byte[] npy(NdArray array) {
    String shape = array.shape().toString().replace('[', '(').replace(']', ')');
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(array.dtype().descriptor(), shape);
    int length = (10 + dictionary.length() + 1 + 63) / 64 * 64;
    byte[] header =
        (dictionary + " ".repeat(length - 10 - dictionary.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(length + array.data().remaining())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length)
        .put(header)
        .put(array.data())
        .array();
  }
}
