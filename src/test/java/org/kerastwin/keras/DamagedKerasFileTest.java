package org.kerastwin.keras;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.CheckedZip;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.testing.Mutations;

/** Damaged files are rejected quickly, in the project's form of message. */
class DamagedKerasFileTest {
  /** Few inputs; the fuzz tests have more. */
  private static final int MUTATIONS = 200;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir Path folder;

  private static void readWhole(Path path) {
    readWhole(path, TrainedFixture.GENERATOR.variables());
  }

  private static void readWhole(Path path, ModelVariables variables) {
    KerasFile file = KerasFile.read(path);
    file.weights(variables);
    file.slots(variables);
    file.description().model().ifPresent(json -> KerasConfig.sequential(json, "model", path));
  }

  private static void assertRejected(String expected, Path path) {
    assertRejected(expected, () -> readWhole(path));
  }

  private static void assertRejected(String expected, Executable reading) {
    String message = assertThrows(EnvironmentException.class, reading).getMessage();
    assertTrue(message.matches("[^']+ '.+': expected .+, received .+"), message);
    assertTrue(message.contains(expected), () -> "'%s' in: %s".formatted(expected, message));
  }

  @ParameterizedTest
  @CsvSource({
    "missing, 'missing [discriminator/conv2d/bias], extra []'",
    "extra, 'missing [], extra [layers/conv2d/vars/2]'",
    "misshapen, 'FLOAT32 [2], received FLOAT32 [1]'",
    "linked, a link 'layers/conv2d/vars/1'",
    "text, float32 numbers",
    "lying, data that fits in the file",
    "circle, cyclic ones"
  })
  void namesTheProblem(String name, String expected) {
    Path path = TrainedFixture.file(name + ".weights.h5");
    assertRejected(expected, () -> readWhole(path, TrainedFixture.DISCRIMINATOR.variables()));
  }

  @ParameterizedTest
  @ValueSource(strings = {".keras", ".weights.h5", ".h5"})
  void rejectsMissingEmptyTruncatedAndOtherFiles(String ending) throws IOException {
    Path path = folder.resolve("model" + ending);
    assertRejected("no such file", path);
    Files.write(path, new byte[0]);
    assertRejected("received", path);
    Files.writeString(path, "<!DOCTYPE html><html>404</html>".repeat(100));
    assertRejected("received", path);
    byte[] whole = Files.readAllBytes(TrainedFixture.file("generator" + ending));
    for (int parts = 1; parts < 20; parts++) {
      Files.write(path, Arrays.copyOf(whole, whole.length * parts / 20));
      assertRejected("received", path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".keras", ".weights.h5", ".h5"})
  void readsOrRejectsFilesWithChangedBytes(String ending) throws IOException {
    byte[] whole = Files.readAllBytes(TrainedFixture.file("generator" + ending));
    Path path = folder.resolve("model" + ending);
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Files.write(path, new Mutations(seed).bytes(whole));
      String which = "seed " + seed;
      assertTimeoutPreemptively(
          LIMIT,
          () -> {
            try {
              readWhole(path);
            } catch (EnvironmentException refused) {
              // Damage that is noticed; a crash or a hang would fail the test.
            }
          },
          which);
    }
  }

  /** HDF5 stores such a text elsewhere, with its length and address; this changes the length. */
  @Test
  void rejectsAttributesThatDeclareMegabytes() throws IOException {
    byte[] bytes = Files.readAllBytes(TrainedFixture.file("generator.h5"));
    String json =
        KerasFile.read(TrainedFixture.file("generator.h5")).description().model().orElseThrow();
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int changed = 0;
    for (int at = 0; at + 16 <= bytes.length; at++) {
      boolean place = file.getLong(at + 4) > 0 && file.getLong(at + 4) < bytes.length;
      if (file.getInt(at) == json.length() && place) {
        file.putInt(at, 5 << 20);
        changed++;
      }
    }
    assertTrue(changed > 0, "no such attribute");
    Path path = folder.resolve("model.h5");
    Files.write(path, bytes);
    assertRejected("at most 4194304 characters", path);
  }

  /** The HDF5 library cannot read these numbers and calls the file damaged. */
  @Test
  void namesWeightsInBfloat16() {
    Path file = TrainedFixture.file("bfloat16.weights.h5");
    String message =
        assertThrows(EnvironmentException.class, () -> KerasFile.read(file)).getMessage();
    assertTrue(message.contains("received weights in bfloat16"), message);
  }

  /** The place of a weight in a file may look like one of our paths. */
  @Test
  void doesNotMistakePathsForPlaces() throws IOException {
    KerasFile whole = KerasFile.read(TrainedFixture.file("chunked.weights.h5"));
    ModelVariables variables = TrainedFixture.DISCRIMINATOR.variables();
    Hdf5Content content = WeightsLayout.of(variables, whole.weights(variables), Optional.empty());
    String kernel = "discriminator/conv2d/kernel";
    content.addDataSet(kernel, whole.weights(variables).get(kernel));
    Path path = folder.resolve("model.weights.h5");
    Files.write(path, Hdf5Writer.bytes(content));
    assertRejected("extra [/" + kernel + "]", () -> readWhole(path, variables));
  }

  @Test
  void namesStacksOfModels() throws IOException {
    Path path = folder.resolve("model.weights.h5");
    try (CheckedZip zip = CheckedZip.open("stack", TrainedFixture.file("stacked.keras"))) {
      Files.write(path, zip.bytes("model.weights.h5", 1 << 20));
    }
    assertRejected("received a stack of models", path);
  }

  @Test
  void detectsDamagedArchivesByChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(TrainedFixture.file("generator.keras"));
    // Near the end lie the stored entry's last numbers, before the zip's directory.
    bytes[bytes.length - 400] ^= 1;
    Path path = folder.resolve("model.keras");
    Files.write(path, bytes);
    assertRejected("received", path);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, an entry 'model.weights.h5'",
    "model.weights.h5, an entry 'config.json'",
    "../config.json, ..",
    "/config.json, relative names"
  })
  void rejectsIncompleteAndUnsafeArchives(String entry, String expected) throws IOException {
    Path path = folder.resolve("model.keras");
    try (OutputStream out = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("{}".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    assertRejected(expected, path);
  }

  @Test
  void namesCustomModels() throws IOException {
    String json =
        KerasFile.read(TrainedFixture.file("functional.keras")).description().model().orElseThrow();
    String custom = json.replace("\"class_name\": \"Functional\"", "\"class_name\": \"MyModel\"");
    assertRejected("the class 'MyModel'", () -> KerasConfig.sequential(custom, "any", "my.keras"));
  }
}
