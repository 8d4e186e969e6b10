package org.kerastwin.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/**
 * Everything that an exact resumption needs, in one file that is replaced atomically.
 *
 * @param step how many steps were done
 * @param state the variables of both models and both optimizers
 * @param streams the random streams at the beginning of the next step
 */
public record TrainingCheckpoint(long step, WeightMap state, KerasStreams streams) {
  /** The entry that holds the number of steps. */
  public static final String STEP = "training/step";

  private static final String STREAM_PREFIX = "random/";

  /** Writes it to a file. */
  void write(Path file) {
    Map<String, NdArray> entries = new LinkedHashMap<>(state.tensors());
    entries.put(STEP, NdArray.ofLongs(new long[] {step}, List.of()));
    streams.state().forEach((name, value) -> entries.put(STREAM_PREFIX + name, value));
    Npz.write(file, entries, Compression.STORED);
  }

  /**
   * Reads one.
   *
   * @param types of the state
   * @throws EnvironmentException if the file is missing, damaged or of another model
   */
  public static TrainingCheckpoint read(Path file, WeightTypes types) {
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(file));
    NdArray step = entries.remove(STEP);
    if (step == null || step.dtype() != DType.INT64 || step.size() != 1) {
      throw new EnvironmentException(
          "checkpoint", file, "a scalar int64 '" + STEP + "'", String.valueOf(step));
    }
    long steps = step.longs()[0];
    if (steps < 0) {
      throw new EnvironmentException(
          "checkpoint", file, "a number of steps at '" + STEP + "'", Long.toString(steps));
    }
    Map<String, NdArray> streams = new LinkedHashMap<>();
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(STREAM_PREFIX)) {
            streams.put(name.substring(STREAM_PREFIX.length()), value);
          }
        });
    entries.keySet().removeIf(name -> name.startsWith(STREAM_PREFIX));
    WeightMap state = new WeightMap(entries);
    types.require(state, file);
    return new TrainingCheckpoint(steps, state, KerasStreams.restore(streams, file));
  }
}
