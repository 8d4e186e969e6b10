package org.kerastwin.parity.stages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.model.Dcgan;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BatchNormStatistics;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.Losses;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/**
 * A few whole GAN steps from one seed: the losses of each step, and the change of both networks and
 * optimizers after the first and the last, and the average of the weights after the first; the
 * moving statistics of the same steps with plain means; and the losses of a larger batch.
 */
final class TrajectoryStage {
  private static final int STEPS = 3;

  /** Without effect on the weights; the average after the first step is these weights. */
  private static final double EMA = 0.5;

  /** Keras predicts the fakes of half a batch in chunks: here one of 32 and one of 18. */
  private static final int CHUNKED_BATCH = 100;

  private static final Shape IMAGE = Shape.of(Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE, 1);
  private static final String CHUNKS = "chunks";

  private static final int AVERAGE_LENGTH = VariablePaths.AVERAGE_PREFIX.length();

  private final Implementation ours;
  private final NamedRandom draws;
  private final Map<TensorKey, NdArray> found = new LinkedHashMap<>();

  private TrajectoryStage(Implementation ours, NamedRandom draws) {
    this.ours = ours;
    this.draws = draws;
  }

  /** Computes the steps. */
  static Map<TensorKey, NdArray> compute(Implementation ours, NamedRandom draws) {
    return new TrajectoryStage(ours, draws).compute();
  }

  private Map<TensorKey, NdArray> compute() {
    addSteps();
    addPlainMeans();
    addChunks();
    return found;
  }

  private GanStep gan(GanSettings settings) {
    KerasStreams streams = KerasStreams.ofSeed(draws.seed());
    return new GanStep(settings, ours.device(), streams::nextInitializerSeed);
  }

  private void addSteps() {
    try (GanStep gan = gan(ours.gan().withEma(EMA))) {
      WeightMap start = gan.state();
      for (int step = 1; step <= STEPS; step++) {
        putLosses(String.valueOf(step), ours.step().run(gan, batch(step)));
        if (step == 1 || step == STEPS) {
          addChanges(step, start, gan.state());
        }
      }
    }
  }

  /** The moving statistics as plain means of all batches. */
  private void addPlainMeans() {
    try (GanStep gan = gan(ours.gan().withStatistics(BatchNormStatistics.CUMULATIVE))) {
      for (int step = 1; step <= STEPS; step++) {
        ours.step().run(gan, batch(step));
        if (step == 1 || step == STEPS) {
          String prefix = "cumulative/" + step + "/";
          gan.generatorWeights()
              .tensors()
              .forEach(
                  (path, value) -> {
                    if (path.contains("/moving_")) {
                      found.put(new TensorKey(Stage.TRAJECTORY, prefix + path), value);
                    }
                  });
        }
      }
    }
  }

  /** The losses of a step whose fakes Keras predicts in two chunks. */
  private void addChunks() {
    GanSettings settings = ours.gan().withBatchSize(CHUNKED_BATCH);
    try (GanStep gan = gan(settings)) {
      Batch batch = batch(draws, CHUNKS, IMAGE, settings);
      // Fresh generators make nearly equal fakes of all noise of one size, so the noise grows.
      float[] growing = batch.fakeNoise();
      for (int i = 0; i < growing.length; i++) {
        int row = i / settings.noiseDim();
        growing[i] *= row;
      }
      putLosses(CHUNKS, ours.step().run(gan, batch));
    }
  }

  private void putLosses(String step, Losses losses) {
    float[] values = losses.values();
    found.put(
        new TensorKey(Stage.TRAJECTORY, step + "/losses"),
        NdArray.ofFloats(values, List.of(values.length)));
  }

  private Batch batch(int step) {
    return batch(draws, String.valueOf(step), IMAGE, ours.gan());
  }

  /**
   * The random images and noise of a step.
   *
   * @param step its name
   * @param image the shape of an image
   */
  static Batch batch(NamedRandom draws, String step, Shape image, GanSettings settings) {
    int half = settings.halfBatch();
    String name = "trajectory/" + step + "/";
    List<Integer> images = Tensors.dimensions(Shape.of(half).append(image));
    return new Batch(
        draws.images(name + "images", images).floats(),
        draws.noise(name + "fake_noise", List.of(half, settings.noiseDim())).floats(),
        draws.noise(name + "noise", List.of(settings.batchSize(), settings.noiseDim())).floats());
  }

  private void addChanges(int step, WeightMap start, WeightMap now) {
    now.tensors()
        .forEach(
            (path, value) -> {
              boolean isAverage = path.startsWith(VariablePaths.AVERAGE_PREFIX);
              // In later steps, the average tells no more than the weights.
              if (!path.endsWith("/iteration") && (step == 1 || !isAverage)) {
                String begin = isAverage ? path.substring(AVERAGE_LENGTH) : path;
                found.put(key(step, path), change(start.get(begin), value));
              }
            });
  }

  private static NdArray change(NdArray start, NdArray now) {
    float[] before = start.floats();
    float[] values = now.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((double) values[i] - before[i]);
    }
    return NdArray.ofFloats(values, now.shape());
  }

  private static TensorKey key(int step, String name) {
    return new TensorKey(Stage.TRAJECTORY, step + "/" + name);
  }
}
