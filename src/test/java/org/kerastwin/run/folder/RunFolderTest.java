package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.layers.Precision;
import org.kerastwin.testing.TinyRuns;

class RunFolderTest {
  private static final RunConfig CONFIG = TinyRuns.config(5, 8);

  @TempDir Path temporary;

  private Path run() {
    return temporary.resolve("runs").resolve("one");
  }

  private Path config() {
    return run().resolve("config.json");
  }

  private void writeRun() {
    try (RunFolder folder = RunFolder.create(run())) {
      RunConfigFile.write(folder.path(), CONFIG);
    }
  }

  private static String refusal(Executable action) {
    return assertThrows(EnvironmentException.class, action).getMessage();
  }

  @Test
  void acceptsNewAndEmptyFolders() throws IOException {
    assertDoesNotThrow(() -> RunFolder.create(run()).close());
    // The remains of a run whose first checkpoint did not fit on the disk.
    Files.createDirectories(temporary.resolve("empty/checkpoint"));
    assertDoesNotThrow(() -> RunFolder.create(temporary.resolve("empty")).close());
    assertTrue(Files.isDirectory(run()));
  }

  @Test
  void rejectsOtherRunsUnchanged() {
    writeRun();
    String message = refusal(() -> RunFolder.create(run()));
    assertTrue(message.contains("another run"), message);
  }

  @Test
  void rejectsOtherFoldersUnchanged() throws IOException {
    Files.createDirectories(run());
    Files.writeString(run().resolve("letter.txt"), "dear");
    String message = refusal(() -> RunFolder.create(run()));
    assertTrue(message.contains("one with other files"), message);
    assertEquals(List.of("letter.txt"), List.of(run().toFile().list()));
  }

  @Test
  void rejectsFiles() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");
    refusal(() -> RunFolder.create(file));
    refusal(() -> RunFolder.create(file.resolve("below")));
    refusal(() -> RunFolder.resume(file));
  }

  @Test
  void resumesOnlyRuns() throws IOException {
    String message = refusal(() -> RunFolder.resume(run()));
    assertTrue(message.contains("no such folder"), message);
    Files.createDirectories(run());
    message = refusal(() -> RunFolder.resume(run()));
    assertTrue(message.contains("a folder without it"), message);
    assertFalse(RunFolder.isRun(run()));
    Files.delete(run());
    writeRun();
    assertTrue(RunFolder.isRun(run()));
    assertDoesNotThrow(() -> RunFolder.resume(run()).close());
  }

  @Test
  void locksRuns() {
    writeRun();
    try (RunFolder owner = RunFolder.resume(run())) {
      String message = refusal(() -> RunFolder.resume(run()));
      assertTrue(message.contains("locked"), message);
      assertEquals(run(), owner.path());
    }
    assertDoesNotThrow(() -> RunFolder.resume(run()).close());
  }

  /** A symbolic link to nowhere is in the way of the folder that is put back. */
  @Test
  void failedResumptionsReleaseTheLock() throws IOException {
    writeRun();
    Files.createDirectories(run().resolve(".kerastwin-replaced-saved_model"));
    Path link =
        Files.createSymbolicLink(run().resolve("saved_model"), temporary.resolve("nowhere"));
    String message = refusal(() -> RunFolder.resume(run()));
    assertTrue(message.contains("whose temporary files can be deleted"), message);
    Files.delete(link);
    assertDoesNotThrow(() -> RunFolder.resume(run()).close());
  }

  @Test
  void lockFilesAreNotARun() throws IOException {
    RunFolder.create(run()).close();
    assertFalse(RunFolder.isRun(run()));
    assertDoesNotThrow(() -> RunFolder.create(run()).close());
  }

  @Test
  void readsBackSettings() {
    writeRun();
    assertEquals(CONFIG, RunConfigFile.read(run()));
    assertEquals(9, RunConfigFile.read(run()).withEpochs(9).epochs());
  }

  @Test
  void readsBackPrecision() throws IOException {
    writeRun();
    String text = Files.readString(config()).replace("\"float32\"", "\"mixed_bfloat16\"");
    Files.writeString(config(), text);
    RunConfig read = RunConfigFile.read(run());
    assertEquals(Precision.MIXED_BFLOAT16, read.gan().precision());
    assertEquals(text, RunConfigFile.text(read));
  }

  /** Runs of earlier versions can be resumed. */
  @Test
  void acceptsConfigsOfEarlierVersions() throws IOException {
    writeRun();
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(config().toFile());
    json.remove(List.of("precision", "ema", "evaluate_every"));
    Files.writeString(config(), json.toString());
    RunConfig read = RunConfigFile.read(config().getParent());
    assertEquals(Precision.FLOAT32, read.gan().precision());
    assertEquals(0, read.gan().ema());
    assertEquals(0, read.evaluateEvery());
  }

  @Test
  void namesSettingsAsOptions() throws IOException {
    writeRun();
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(config().toFile());
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "variant",
            "epochs",
            "batch_size",
            "learning_rate",
            "beta_1",
            "noise_dim",
            "label_smoothing",
            "bn_statistics",
            "form",
            "precision",
            "ema",
            "seed",
            "save_every",
            "checkpoint_minutes",
            "evaluate_every",
            "initial_weights",
            "dataset",
            "versions"),
        names);
    assertEquals("transposed", json.get("variant").asText());
    assertEquals("exponential", json.get("bn_statistics").asText());
    assertEquals("fast", json.get("form").asText());
    assertEquals(42, json.get("seed").asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "true", "no JSON", "\u0000"})
  void rejectsOtherConfigs(String text) throws IOException {
    writeRun();
    Files.writeString(config(), text);
    assertRefused();
  }

  @Test
  void rejectsTrailingText() throws IOException {
    writeRun();
    Files.writeString(config(), Files.readString(config()) + "}");
    assertRefused();
  }

  /** A setting set to a JSON value that no run writes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "variant = \"other\"",
        "variant = 1",
        "variant = null",
        "variant = \"transposed-literal\"",
        "epochs = 0",
        "epochs = 1.5",
        "epochs = \"many\"",
        "batch_size = 0",
        "batch_size = -8",
        "learning_rate = 0",
        "learning_rate = -1",
        "learning_rate = \"NaN\"",
        "beta_1 = 1",
        "noise_dim = 0",
        "label_smoothing = 1.1",
        "bn_statistics = \"median\"",
        "form = null",
        "form = 0",
        "seed = -1",
        "seed = 4294967296",
        "save_every = 0",
        "dataset = null",
        "dataset = {}",
        "versions = 3",
        "surprise = 1"
      })
  void rejectsInvalidSettings(String setting, String value) throws IOException {
    writeRun();
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(config().toFile());
    json.set(setting, mapper.readTree(value));
    Files.writeString(config(), json.toString());
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "variant",
        "epochs",
        "batch_size",
        "learning_rate",
        "beta_1",
        "noise_dim",
        "label_smoothing",
        "bn_statistics",
        "form",
        "seed",
        "save_every",
        "initial_weights",
        "dataset",
        "versions"
      })
  void rejectsMissingSettings(String setting) throws IOException {
    writeRun();
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(config().toFile());
    json.remove(setting);
    Files.writeString(config(), json.toString());
    assertRefused();
  }

  /** The JSON library gives no place for deep nesting. */
  @Test
  void rejectsDeepNesting() throws IOException {
    writeRun();
    int depth = 2000;
    Files.writeString(config(), "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    assertRefused();
  }

  private void assertRefused() {
    String message = refusal(() -> RunConfigFile.read(run()));
    assertTrue(message.contains(config().toString()), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void namesFilesAsDocumented() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try (RunFolder folder = RunFolder.create(run())) {
      assertEquals(run().resolve("history.csv"), folder.files().history());
      assertEquals(run().resolve("images/epoch-007.png"), folder.files().images(7));
      assertEquals(run().resolve("images/epoch-1234.png"), folder.files().images(1234));
      assertEquals(run().resolve("checkpoint/state.npz"), folder.files().checkpoint());
      assertEquals(run().resolve("saved_model"), folder.files().savedModel());
    } finally {
      Locale.setDefault(before);
    }
  }
}
