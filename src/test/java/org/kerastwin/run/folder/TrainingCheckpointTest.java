package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.testing.TinyRuns;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

class TrainingCheckpointTest {
  private static final NdArray KERNEL =
      NdArray.ofFloats(new float[] {-0.0f, Float.MIN_VALUE, 1e30f}, List.of(3));
  private static final NdArray COUNT = NdArray.ofLongs(new long[] {(1L << 53) + 1}, List.of());
  private static final WeightMap STATE =
      new WeightMap(Map.of("generator/dense/kernel", KERNEL, "optimizer/iteration", COUNT));
  private static final Alarm ALARM = new Alarm(Alarm.Kind.DISCRIMINATOR_WINS, 16);
  private static final RunConfig CONFIG = TinyRuns.config(2, 4);
  private static final StepSeries SERIES = series(17);
  private static final int BYTES_OF_A_CUT = 100;

  private static StepSeries series(int steps) {
    StepSeries series = new StepSeries();
    for (int i = 1; i <= steps; i++) {
      series.add(new StepMetrics(new Losses(i, 0.5f, -0.0f), 1f / i, Float.NaN));
    }
    return series;
  }

  @TempDir Path folder;
  private Path file;
  private final KerasStreams streams = KerasStreams.ofSeed(5);

  @BeforeEach
  void write() {
    file = folder.resolve("checkpoint").resolve("state.npz");
    streams
        .numpy()
        .normalFloats(3); // An odd count, so that a second value is kept for the next call.
    new TrainingCheckpoint(17, STATE, streams, Optional.of(SERIES), List.of(ALARM))
        .write(file, CONFIG);
  }

  @Test
  void readsBackEveryBit() {
    TrainingCheckpoint read = TrainingCheckpoint.read(file, WeightTypes.of(STATE));
    assertEquals(17, read.step());
    assertEquals(STATE.tensors(), read.state().tensors());
    assertEquals(List.of(ALARM), read.alarms());
    assertEquals(CONFIG, TrainingCheckpoint.config(file));
    assertEquals(17, TrainingCheckpoint.step(file));
    assertEquals(SERIES.toArray(), read.series().orElseThrow().toArray());
    assertEquals(streams.nextInitializerSeed(), read.streams().nextInitializerSeed());
    assertArrayEquals(streams.numpy().normalFloats(9), read.streams().numpy().normalFloats(9));
  }

  @Test
  void replacesEarlierCheckpoints() {
    new TrainingCheckpoint(18, STATE, streams, Optional.empty(), List.of()).write(file, CONFIG);
    assertEquals(18, TrainingCheckpoint.read(file, WeightTypes.of(STATE)).step());
  }

  static Stream<Named<Consumer<Map<String, NdArray>>>> damages() {
    return Stream.of(
        damage("no step", entries -> entries.remove("training/step")),
        damage("a step of floats", entries -> entries.put("training/step", KERNEL)),
        damage(
            "a negative step",
            entries -> entries.put("training/step", NdArray.ofLongs(new long[] {-1}, List.of()))),
        damage(
            "two steps",
            entries -> entries.put("training/step", NdArray.ofLongs(new long[2], List.of(2)))),
        damage(
            "the series of other steps",
            entries -> entries.put("training/series", series(16).toArray())),
        damage("no series", entries -> entries.put("training/series", KERNEL)),
        damage("a missing variable", entries -> entries.remove("optimizer/iteration")),
        damage("an unknown variable", entries -> entries.put("other/kernel", KERNEL)),
        damage(
            "another shape", entries -> entries.put("generator/dense/kernel", KERNEL.rows(0, 2))),
        damage("another type", entries -> entries.put("optimizer/iteration", KERNEL)),
        damage("no stream of NumPy", entries -> entries.remove("random/numpy")),
        damage("no stream of Python", entries -> entries.remove("random/python")),
        damage("a stream of floats", entries -> entries.put("random/numpy", KERNEL)));
  }

  private static Named<Consumer<Map<String, NdArray>>> damage(
      String name, Consumer<Map<String, NdArray>> change) {
    return Named.of(name, change);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void rejectsUnfitCheckpoints(Consumer<Map<String, NdArray>> change) {
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(file));
    change.accept(entries);
    entries.remove("training/sha256");
    Npz.write(file, entries, Compression.STORED);
    assertTrue(refusal().contains(file.toString()), refusal());
  }

  @Test
  void readsCheckpointsOfEarlierVersions() {
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(file));
    List.of("training/series", "training/alarms", "training/config", "training/sha256")
        .forEach(entries::remove);
    Npz.write(file, entries, Compression.STORED);
    TrainingCheckpoint read = TrainingCheckpoint.read(file, WeightTypes.of(STATE));
    assertEquals(Optional.empty(), read.series());
    assertEquals(List.of(), read.alarms());
  }

  @Test
  void rejectsEntriesOfOtherCheckpoints() {
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(file));
    entries.put("generator/dense/kernel", NdArray.ofFloats(new float[] {0, 1, 2}, List.of(3)));
    Npz.write(file, entries, Compression.STORED);
    assertTrue(refusal().contains("another checksum"), refusal());
  }

  @Test
  void rejectsMissingEmptyTruncatedAndChangedFiles() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - BYTES_OF_A_CUT));
    refusal();
    for (int position = 40; position < whole.length; position += whole.length / 7) {
      byte[] changed = whole.clone();
      changed[position] ^= 1;
      Files.write(file, changed);
      if (!readsTheSame()) {
        refusal();
      }
    }
    Files.write(file, new byte[0]);
    refusal();
    Files.writeString(file, "not an archive");
    refusal();
    Files.delete(file);
    refusal();
  }

  /** Some bits of a zip, such as times, do not matter. */
  private boolean readsTheSame() {
    try {
      TrainingCheckpoint read = TrainingCheckpoint.read(file, WeightTypes.of(STATE));
      return read.step() == 17
          && read.state().tensors().equals(STATE.tensors())
          && read.streams().state().equals(streams.state());
    } catch (EnvironmentException refused) {
      return false;
    }
  }

  private String refusal() {
    return assertThrows(
            EnvironmentException.class, () -> TrainingCheckpoint.read(file, WeightTypes.of(STATE)))
        .getMessage();
  }
}
