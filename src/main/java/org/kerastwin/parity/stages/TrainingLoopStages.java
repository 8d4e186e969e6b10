package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.model.Dcgan;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.run.History;
import org.kerastwin.run.Position;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

/**
 * The training around the networks: its default settings, the scaled pixels, the images and noise
 * drawn for six batches, and the text of the history. The sizes do not divide evenly: 7 images in
 * batches of 5 are two steps per epoch, with 3 images in half a batch.
 */
public final class TrainingLoopStages {
  static final int IMAGES = 7;
  static final int BATCH = 5;
  static final int STEPS = 6;
  private static final int PIXELS = Dcgan.IMAGE_SIZE * Dcgan.IMAGE_SIZE;

  /** Losses whose text has exponents, digits that need all nine places, and integers. */
  private static final float[][] LOSSES = {
    {0.6931472f, 0.1f, 1e-7f},
    {1, 12345678, 3.4028235e38f},
    {0.33333334f, 2.5e-5f, 100000},
    {1e9f, 0.0001f, 123.456f},
    {16777216, 1e10f, 7},
    {0.5f, 0.25f, 1.17549435e-38f}
  };

  private TrainingLoopStages() {}

  /** Computes the stages. */
  public static Map<TensorKey, NdArray> compute(
      Implementation ours, TrainingDefaults defaults, long seed) throws IOException {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    found.put(new TensorKey(Stage.SETTINGS, "notebook"), settings(defaults));
    Split images = images();
    float[] pixels = new float[IMAGES * PIXELS];
    images.scaled(new int[] {0, 1, 2, 3, 4, 5, 6}, pixels);
    found.put(
        new TensorKey(Stage.DATA, "pixels"),
        NdArray.ofFloats(pixels, List.of(IMAGES, Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE, 1)));
    addDraws(found, ours.gan().with(BATCH, ours.gan().form()), images, seed);
    found.put(TensorKey.HISTORY, history());
    return found;
  }

  private static NdArray settings(TrainingDefaults defaults) {
    GanSettings gan = defaults.gan();
    AdamSettings adam = gan.adam();
    double[] values = {
      defaults.epochs(), gan.batchSize(), gan.noiseDim(), gan.realLabel(),
      adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon()
    };
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return NdArray.ofFloats(floats, List.of(floats.length));
  }

  /** Images with all pixel values; all images differ at each place. */
  static Split images() {
    byte[] pixels = new byte[IMAGES * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (31 * i + i / PIXELS);
    }
    return new Split(NdArray.ofBytes(pixels, List.of(IMAGES, Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE)));
  }

  private static void addDraws(
      Map<TensorKey, NdArray> found, GanSettings settings, Split images, long seed) {
    int half = settings.halfBatch();
    int dim = settings.noiseDim();
    float[][] drawn = new float[3][0];
    try (BatchPrefetcher batches =
        new BatchPrefetcher(images, KerasStreams.ofSeed(seed), settings)) {
      for (int step = 0; step < STEPS; step++) {
        Batch batch = batches.next();
        drawn[0] = joined(drawn[0], batch.images());
        drawn[1] = joined(drawn[1], batch.fakeNoise());
        drawn[2] = joined(drawn[2], batch.noise());
      }
    }
    put(found, "images", drawn[0], STEPS, half, Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE, 1);
    put(found, "fake_noise", drawn[1], STEPS, half, dim);
    put(found, "noise", drawn[2], STEPS, settings.batchSize(), dim);
  }

  private static float[] joined(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static void put(
      Map<TensorKey, NdArray> found, String name, float[] values, Integer... shape) {
    found.put(new TensorKey(Stage.DRAWS, name), NdArray.ofFloats(values, List.of(shape)));
  }

  private static NdArray history() throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path file = temporary.path().resolve("history.csv");
      try (History history = History.create(file)) {
        Position at = new Position(0, 2, 3);
        for (float[] losses : LOSSES) {
          at = at.next();
          history.add(at, new StepMetrics(new Losses(losses[0], losses[1], losses[2]), 0, 0));
        }
      }
      return text(file);
    }
  }

  /** The bytes of a file, one element each. */
  static NdArray text(Path file) throws IOException {
    return bytes(Files.readAllBytes(file));
  }

  static NdArray bytes(byte[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return NdArray.ofFloats(values, List.of(values.length));
  }
}
