package org.kerastwin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void rejectsUntrainableVariants() {
    assertThrows(UsageException.class, () -> Training.of("upsamplin"));
    assertThrows(IllegalArgumentException.class, () -> SMALL.batchSize(0));
    Training literal = Training.of("transposed-literal").dataset("digits");
    Path run = folder.resolve("run");
    assertThrows(IllegalArgumentException.class, () -> literal.run(run, new StopAfter(1)));
    assertFalse(Files.exists(run));
    assertThrows(EnvironmentException.class, () -> Training.resume(run, new StopAfter(1)));
  }
}
