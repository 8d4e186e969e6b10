package org.kerastwin.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.Problem;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.History;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.runtime.Device;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.testing.Zeros;
import org.kerastwin.weights.WeightMap;

/** Real runs that fail, and the messages about them. */
class LostTrainingTest {
  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 100;

  /** The discriminator is sure after 100 steps; after 200 more it has won. */
  private static final long STEPS = 400;

  private static final String NAMED = "finite numbers at generator/dense/kernel";

  @TempDir Path run;
  private final List<Problem> warnings = new ArrayList<>();

  private Trainer trainer(RunFolder folder, RunConfig config, Split images) {
    return new Trainer(
        config,
        folder,
        images,
        Device.CPU,
        List.of(new RunReport(config, folder, List.of())),
        new TrainingListener() {},
        warnings::add);
  }

  private static Trainer.Limits steps(long most) {
    return new Trainer.Limits(OptionalLong.of(most), () -> false);
  }

  /** A generator without weights learns nothing but one shade of gray. */
  @Test
  void generatorsThatDrawOneImageRaiseAlarms() {
    RunConfig config = TinyRuns.config(10, BATCH);
    WeightMap dead = Zeros.of(Dcgan.generator(Variant.TRANSPOSED, TinyRuns.NOISE_DIM));
    try (RunFolder folder = RunFolder.create(run)) {
      trainer(folder, config, TinyRuns.images(BATCH * STEPS_PER_EPOCH)).begin(steps(STEPS), dead);
    }
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(warnings.toString().contains("samples that are all alike"), warnings.toString());
    assertTrue(warnings.toString().contains("one that has made none"), warnings.toString());
  }

  /** The losses of the only step come from the weights before its last update. */
  @Test
  void divergenceInTheStateAloneIsRemembered() throws IOException {
    RunConfig config = TinyRuns.config(10, BATCH);
    String velocity = "optimizer/generator/dense/kernel/velocity";
    try (RunFolder folder = RunFolder.create(run.resolve("healthy"))) {
      trainer(folder, config, TinyRuns.images(BATCH)).begin(steps(1));
    }
    NdArray healthy = Npz.read(run.resolve("healthy/checkpoint/state.npz"), velocity);
    float[] overflow = healthy.floats();
    Arrays.fill(overflow, Float.POSITIVE_INFINITY);
    WeightMap initial =
        new WeightMap(Map.of(velocity, NdArray.ofFloats(overflow, healthy.shape())));
    Path lost = run.resolve("lost");
    try (RunFolder folder = RunFolder.create(lost)) {
      Trainer trainer = trainer(folder, config, TinyRuns.images(BATCH));
      DivergedException divergence =
          assertThrows(DivergedException.class, () -> trainer.begin(steps(10), initial));
      assertTrue(divergence.getMessage().contains(NAMED), divergence.getMessage());
    }
    assertTrue(
        History.read(lost.resolve("history.csv"), 1).series().losses(1).areFinite(),
        "losses of the only step");
    assertTrue(Files.readString(lost.resolve("report.html")).contains(NAMED));
    assertEquals(List.of(), warnings);
    try (RunFolder folder = RunFolder.resume(lost)) {
      Trainer trainer = trainer(folder, config, TinyRuns.images(BATCH));
      assertThrows(DivergedException.class, () -> trainer.resume(steps(10)));
    }
    assertTrue(warnings.get(0).toString().contains("diverged at step 1"), warnings.toString());
  }
}
