package org.kerastwin.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
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
 * @param step how many steps are done
 * @param state the variables of both models and both optimizers
 * @param streams the random streams before the next step
 * @param series the losses and outputs of the steps done; earlier versions did not keep them
 */
public record TrainingCheckpoint(
    long step, WeightMap state, KerasStreams streams, Optional<StepSeries> series) {
  /** The entry that holds the number of steps. */
  public static final String STEP = "training/step";

  private static final String SERIES = "training/series";
  private static final String STREAM_PREFIX = "random/";

  /** Replaces a file. */
  void write(Path file) {
    Map<String, NdArray> entries = new LinkedHashMap<>(state.tensors());
    entries.put(STEP, NdArray.ofLongs(new long[] {step}, List.of()));
    series.ifPresent(steps -> entries.put(SERIES, steps.toArray()));
    streams.state().forEach((name, value) -> entries.put(STREAM_PREFIX + name, value));
    Npz.write(file, entries, Compression.STORED);
  }

  /**
   * Reads a file.
   *
   * @param types of the state
   * @throws EnvironmentException if it is missing, damaged or of another model
   */
  public static TrainingCheckpoint read(Path file, WeightTypes types) {
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(file));
    long step = step(file, entries.remove(STEP));
    Optional<StepSeries> series = series(file, entries.remove(SERIES), step);
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
    return new TrainingCheckpoint(step, state, KerasStreams.restore(streams, file), series);
  }

  private static long step(Path file, NdArray step) {
    if (step == null || step.dtype() != DType.INT64 || step.size() != 1) {
      throw damaged(file, "a scalar int64 '" + STEP + "'", step);
    }
    if (step.longs()[0] < 0) {
      throw damaged(file, "a number of steps at '" + STEP + "'", step.longs()[0]);
    }
    return step.longs()[0];
  }

  private static Optional<StepSeries> series(Path file, NdArray series, long step) {
    if (series != null && (!StepSeries.isSeries(series) || series.shape().get(0) != step)) {
      throw damaged(file, "%d steps at '%s'".formatted(step, SERIES), series);
    }
    return Optional.ofNullable(series).map(StepSeries::of);
  }

  private static EnvironmentException damaged(Path file, String expected, Object received) {
    return new EnvironmentException(
        Problem.with("checkpoint", file).expected(expected).received(received));
  }
}
