package org.kerastwin.run.folder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.Sha256;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/**
 * The complete state of a run, in one file that is replaced atomically. A run resumes from it
 * exactly.
 *
 * @param step number of steps done
 * @param state the variables of both models and both optimizers
 * @param streams the random streams before the next step
 * @param series the losses and outputs of the steps done; earlier versions did not store them
 * @param alarms the alarms so far
 */
public record TrainingCheckpoint(
    long step,
    WeightMap state,
    KerasStreams streams,
    Optional<StepSeries> series,
    List<Alarm> alarms) {
  /** The entry that holds the number of steps. */
  public static final String STEP = "training/step";

  private static final String SERIES = "training/series";
  private static final String ALARMS = "training/alarms";
  private static final String CONFIG = "training/config";
  private static final String CHECKSUM = "training/sha256";
  private static final String WHAT = "checkpoint";
  private static final String STREAM_PREFIX = "random/";

  /** The same checkpoint without the variables, whose memory a training need not occupy twice. */
  public TrainingCheckpoint withoutState() {
    return new TrainingCheckpoint(step, new WeightMap(Map.of()), streams, series, alarms);
  }

  /**
   * Replaces a file.
   *
   * @param config the run's settings, in case {@code config.json} gets lost
   */
  void write(Path file, RunConfig config) {
    Map<String, NdArray> entries = new LinkedHashMap<>(state.tensors());
    entries.put(STEP, NdArray.ofLongs(new long[] {step}, List.of()));
    series.ifPresent(steps -> entries.put(SERIES, steps.toArray()));
    entries.put(ALARMS, Alarm.toArray(alarms));
    byte[] settings = RunConfigFile.text(config).getBytes(StandardCharsets.UTF_8);
    entries.put(CONFIG, NdArray.ofBytes(settings, List.of(settings.length)));
    streams.state().forEach((name, value) -> entries.put(STREAM_PREFIX + name, value));
    entries.put(CHECKSUM, checksum(entries));
    Npz.write(file, entries, Compression.STORED);
  }

  /**
   * Reads a file and checks its state.
   *
   * @param types the types of the state
   * @throws EnvironmentException if it is missing, damaged or of another model
   */
  static TrainingCheckpoint read(Path file, WeightTypes types) {
    TrainingCheckpoint checkpoint = read(file);
    types.require(checkpoint.state, file);
    return checkpoint;
  }

  /**
   * Reads a file without checking the types of its state.
   *
   * @throws EnvironmentException if it is missing or damaged
   */
  static TrainingCheckpoint read(Path file) {
    Map<String, NdArray> entries = new LinkedHashMap<>(Npz.readAll(file));
    NdArray checksum = entries.remove(CHECKSUM);
    if (checksum != null && !checksum.equals(checksum(entries))) {
      throw damaged(file, "the content that was written", "another checksum");
    }
    entries.remove(CONFIG);
    long step = step(file, entries.remove(STEP));
    List<Alarm> alarms = alarms(file, entries.remove(ALARMS));
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
    return new TrainingCheckpoint(step, state, KerasStreams.restore(streams, file), series, alarms);
  }

  /** A hash of all names, types, shapes and values. */
  private static NdArray checksum(Map<String, NdArray> entries) {
    Sha256 hash = new Sha256();
    new TreeMap<>(entries)
        .forEach(
            (name, value) -> {
              String head = "%s %s %s\n".formatted(name, value.dtype(), value.shape());
              hash.update(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
              hash.update(value.data());
            });
    byte[] digest = hash.digest();
    return NdArray.ofBytes(digest, List.of(digest.length));
  }

  /** The number of steps in a file. */
  static long step(Path file) {
    return step(file, Npz.read(file, STEP));
  }

  /**
   * The settings of the run that a file belongs to.
   *
   * @throws EnvironmentException if it is damaged, or of an earlier version
   */
  static RunConfig config(Path file) {
    NdArray settings = Npz.read(file, CONFIG);
    if (settings.dtype() != DType.UINT8) {
      throw damaged(file, "settings at '" + CONFIG + "'", settings);
    }
    return RunConfigFile.parse(settings.bytes(), file);
  }

  private static List<Alarm> alarms(Path file, NdArray alarms) {
    if (alarms != null && !Alarm.areAlarms(alarms)) {
      throw damaged(file, "alarms at '" + ALARMS + "'", alarms);
    }
    return alarms == null ? List.of() : Alarm.of(alarms);
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
    return new EnvironmentException(Problem.with(WHAT, file).expected(expected).received(received));
  }
}
