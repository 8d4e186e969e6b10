package org.kerastwin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;

class TrainingTest {
  private static final Training SMALL =
      Training.of("transposed").dataset("digits").batchSize(4).epochs(1).seed(3);

  @TempDir private Path folder;

  /** Ends a run after some steps, and records the calls. */
  private static final class StopAfter implements TrainingObserver {
    private final int steps;
    private final List<Float> losses = new ArrayList<>();
    private final List<Path> pictures = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    StopAfter(int steps) {
      this.steps = steps;
    }

    @Override
    public void stepDone(int epoch, float real, float fake, float generator) {
      assertEquals(1, epoch);
      losses.add(generator);
    }

    @Override
    public void epochEnded(int epoch, Path samples) {
      pictures.add(samples);
    }

    @Override
    public void warned(String line) {
      lines.add(line);
    }

    @Override
    public boolean shouldStop() {
      return losses.size() >= steps;
    }
  }

  @Test
  void resumedRunsEqualUninterruptedRuns() throws IOException {
    StopAfter whole = new StopAfter(5);
    assertFalse(SMALL.run(folder.resolve("whole"), whole));
    Path parts = folder.resolve("parts");
    StopAfter first = new StopAfter(2);
    StopAfter second = new StopAfter(3);
    assertFalse(SMALL.run(parts, first));
    assertFalse(Training.resume(parts, second));

    List<Float> losses = new ArrayList<>(first.losses);
    losses.addAll(second.losses);
    assertEquals(5, losses.size());
    assertEquals(whole.losses, losses);
    assertEquals(List.of(parts.resolve("images/epoch-001.png")), first.pictures);
    assertTrue(Files.size(first.pictures.get(0)) > 0);
    try (Generator generator = Generator.load(parts)) {
      assertEquals(List.of(2, 28, 28, 1), generator.generate(2, 0).shape());
    }
  }

  @Test
  void describesImagesAndModelsAsInTheNotebook() {
    List<String> lines = SMALL.describeImages();
    assertEquals("(60000, 28, 28)", lines.get(0));
    assertEquals(List.of("1.0", "-1.0"), lines.subList(4, 6));
    // The parameters of the notebook's generator and discriminator.
    assertTrue(SMALL.summary().contains("Total params: 840,705 "), SMALL.summary());
    assertTrue(SMALL.summary().contains("Total params: 212,865 "), SMALL.summary());
  }

  /** The names of the settings in {@code config.json} are those of the options of train. */
  @Test
  void recordsAllSettings() throws IOException {
    Path run = folder.resolve("run");
    SMALL
        .noiseDim(5)
        .learningRate(1e-3)
        .beta1(0.25)
        .realLabel(1)
        .averageWeights(0.5)
        .saveEvery(2)
        .run(run, new StopAfter(1));
    JsonNode config = new ObjectMapper().readTree(run.resolve("config.json").toFile());
    assertEquals(5, config.path("noise_dim").asInt());
    assertEquals(1e-3, config.path("learning_rate").asDouble());
    assertEquals(0.25, config.path("beta_1").asDouble());
    assertEquals(1, config.path("label_smoothing").asDouble());
    assertEquals(0.5, config.path("ema").asDouble());
    assertEquals(2, config.path("save_every").asInt());
    assertTrue(Files.exists(run.resolve("models/epoch-001-raw.keras")));
  }

  @Test
  void trainsNetworksFromFiles() throws IOException {
    Path run = folder.resolve("run");
    Training own = Training.of(file("generator"), file("discriminator"));
    StopAfter observer = new StopAfter(1);
    assertFalse(own.dataset("digits").batchSize(4).seed(3).run(run, observer));
    assertEquals(1, observer.losses.size());
    assertTrue(
        observer.lines.stream().anyMatch(line -> line.startsWith("Starting from the generator")),
        observer.lines::toString);
    // The fixture's noise has 3 numbers.
    String message =
        assertThrows(IllegalArgumentException.class, () -> own.noiseDim(7)).getMessage();
    assertTrue(message.contains("noise of 3 numbers"), message);
    try (Generator generator = Generator.load(run)) {
      assertEquals(3, generator.noiseDim());
    }
  }

  private static Path file(String network) {
    return Path.of("src/test/resources/keras/files", network + ".keras");
  }

  /** A user may change evaluate_every in config.json. */
  @Test
  void measuresQualityInResumedRuns() throws IOException {
    Path run = folder.resolve("run");
    SMALL.run(run, new StopAfter(1));
    Path config = run.resolve("config.json");
    String text = Files.readString(config);
    String changed = text.replace("\"evaluate_every\" : 0", "\"evaluate_every\" : 1");
    assertNotEquals(text, changed);
    Files.writeString(config, changed);
    Training.resume(run, new StopAfter(1));
    assertEquals(2, Files.readAllLines(run.resolve("quality.csv")).size());
  }

  @Test
  void rejectsUntrainableVariants() {
    assertThrows(UsageException.class, () -> Training.of("upsamplin"));
    assertThrows(UsageException.class, () -> Training.of("transposed-literal"));
    assertThrows(IllegalArgumentException.class, () -> SMALL.batchSize(0));
    Path run = folder.resolve("run");
    assertThrows(EnvironmentException.class, () -> Training.resume(run, new StopAfter(1)));
  }
}
