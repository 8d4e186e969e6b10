package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.testing.Fuzzing;
import org.kerastwin.testing.Mutations;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/** Reads mutations of the files that resume a run: history, state, random streams. */
@Tag("fuzz")
class RunFuzzTest {
  private static final String ROWS =
      History.HEADER + "\n1,1,0.693147182,0.693147182,0.5\n2,1,1.5e-05,0,17.25\n3,2,0.1,0.2,0.3\n";

  private static final WeightMap STATE =
      new WeightMap(
          Map.of(
              "generator/dense/kernel",
              NdArray.ofFloats(new float[] {1, 2, 3}, List.of(3)),
              "optimizer/generator/iteration",
              NdArray.ofLongs(new long[] {7}, List.of())));

  @TempDir Path folder;

  @Test
  void history() throws Exception {
    byte[] seed = ROWS.getBytes(StandardCharsets.UTF_8);
    new Fuzzing("history", folder.resolve("history.csv"))
        .run(
            Fuzzing.inputs(),
            number -> new Mutations(number).bytes(seed),
            file -> assertNotNull(History.read(file, 3)));
  }

  /**
   * Changes bytes of the archive, or of an array with correct checksums, such as a stream's state.
   */
  @Test
  void checkpoint() throws Exception {
    Path file = folder.resolve("state.npz");
    new TrainingCheckpoint(7, STATE, KerasStreams.ofSeed(5), Optional.empty(), List.of())
        .write(file, TinyRuns.config(1, 4));
    byte[] seed = Files.readAllBytes(file);
    WeightTypes types = WeightTypes.of(STATE);
    new Fuzzing("checkpoint", file)
        .run(
            Fuzzing.inputs(),
            number -> new Mutations(number).arrays(number, seed),
            read -> TrainingCheckpoint.read(read, types));
  }
}
