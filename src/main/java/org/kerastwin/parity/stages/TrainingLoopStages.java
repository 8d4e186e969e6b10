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
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.run.folder.History;
import org.kerastwin.run.folder.Position;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BatchNormStatistics;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

/**
 * The parts of training outside the networks: the default settings, the scaled pixels, the images
 * and noise drawn for six batches, the noise of samples and of a walk between two seeds, and the
 * text of the history. The sizes do not divide evenly: 5 images in batches of 3 are two steps per
 * epoch, with 2 images in half a batch. A step draws an odd number of normal values, so that
 * NumPy's stream keeps one for the next step.
 */
final class TrainingLoopStages {
  static final int IMAGES = 5;
  static final int BATCH = 3;
  static final int NOISE_DIM = 7;
  static final int STEPS = 6;
  static final int SAMPLES = 100;
  private static final int PIXELS = Dcgan.IMAGE_SIZE * Dcgan.IMAGE_SIZE;

  /** Losses whose text has exponents, digits that need all nine places, and integers. */
  private static final float[][] LOSSES = {
    {0.6931472f, 0.1f, 1e-7f},
    {1, 12345678, Float.MAX_VALUE},
    {0.33333334f, 2.5e-5f, 100000},
    {1e9f, 0.0001f, 123.456f},
    {16777216, 1e10f, 7},
    {0.5f, 0.25f, Float.MIN_NORMAL}
  };

  /** Halfway between two texts of nine digits, at the limits of exponents, and not finite. */
  @SuppressWarnings("FloatingPointLiteralPrecision") // These texts need more digits than toString.
  private static final float[][] DIGITS = {
    {1048576.125f, 131072.0625f, 1048576.375f},
    {9.99999975e-5f, 999999936, Float.MIN_VALUE},
    {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY},
    {-0f, 0, -1048576.125f},
    {16777215, 99999.9922f, 3},
    {-1.5e-7f, 2097152.25f, 0.3f}
  };

  /** The number of initializer seeds that are drawn. */
  private static final int SEEDS = 30;

  /** A seed is compared in two parts, since a float does not hold all of its bits. */
  private static final int LOWER_BITS = 16;

  private static final int FLOAT32_BITS = 24;
  private static final int BFLOAT16_BITS = 8;

  private TrainingLoopStages() {}

  /** Computes the stages. */
  static Map<TensorKey, NdArray> compute(Implementation ours, ProgramSettings program, long seed)
      throws IOException {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    found.put(new TensorKey(Stage.SETTINGS, "notebook"), settings(program));
    found.put(new TensorKey(Stage.SETTINGS, "significant_bits"), significantBits(program));
    Split images = images();
    found.put(new TensorKey(Stage.DATA, "pixels"), images.scaled());
    found.put(new TensorKey(Stage.DATA, "pixels_of_unit"), images.inUnitRange().scaled());
    addDraws(found, settings(ours), images, seed);
    put(found, "initializer_seeds", initializerSeeds(seed, KerasStreams.GREATEST_SEED));
    put(found, "samples", SeededNoise.of(seed, SAMPLES, NOISE_DIM));
    put(found, "greatest_seed", SeededNoise.of(KerasStreams.GREATEST_SEED, 1, NOISE_DIM));
    put(found, "walk", program.walk().apply(ours.gan().noiseDim()));
    found.put(TensorKey.HISTORY, history(LOSSES));
    found.put(TensorKey.DIGITS, history(DIGITS));
    return found;
  }

  /** The settings of the short run. */
  static GanSettings settings(Implementation ours) {
    return ours.gan().withBatchSize(BATCH).withNoiseDim(NOISE_DIM);
  }

  private static NdArray settings(ProgramSettings program) {
    GanSettings gan = program.gan();
    AdamSettings adam = gan.adam();
    // Plain means of batches have no momentum.
    double momentum =
        gan.statistics() == BatchNormStatistics.EXPONENTIAL
            ? new BatchNormalization().momentum()
            : 0;
    double[] values = {
      program.epochs(), gan.batchSize(), gan.noiseDim(), gan.realLabel(),
      adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon(),
      gan.ema(), momentum, List.of(Variant.values()).indexOf(gan.variant())
    };
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return NdArray.ofFloats(floats, List.of(floats.length));
  }

  /** The significant bits of the numbers in which the networks compute by default. */
  private static NdArray significantBits(ProgramSettings program) {
    int bits = program.gan().precision() == Precision.FLOAT32 ? FLOAT32_BITS : BFLOAT16_BITS;
    return NdArray.ofFloats(new float[] {bits}, List.of(1));
  }

  /** Images with all pixel values, each different from the others at every pixel. */
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
    List<Integer> real = List.of(STEPS, half, Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE, 1);
    put(found, "images", NdArray.ofFloats(drawn[0], real));
    put(found, "fake_noise", NdArray.ofFloats(drawn[1], List.of(STEPS, half, dim)));
    put(found, "noise", NdArray.ofFloats(drawn[2], List.of(STEPS, settings.batchSize(), dim)));
  }

  /** The upper and the lower bits of the seeds. */
  private static NdArray initializerSeeds(long... streams) {
    float[] parts = new float[streams.length * SEEDS * 2];
    int at = 0;
    for (long stream : streams) {
      KerasStreams drawn = KerasStreams.ofSeed(stream);
      for (int i = 0; i < SEEDS; i++) {
        int seed = drawn.nextInitializerSeed();
        parts[at++] = seed >> LOWER_BITS;
        parts[at++] = seed & ((1 << LOWER_BITS) - 1);
      }
    }
    return NdArray.ofFloats(parts, List.of(streams.length, SEEDS, 2));
  }

  private static float[] joined(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static void put(Map<TensorKey, NdArray> found, String name, NdArray values) {
    found.put(new TensorKey(Stage.DRAWS, name), values);
  }

  private static NdArray history(float[][] steps) throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path file = temporary.path().resolve("history.csv");
      try (History history = History.create(file)) {
        Position at = new Position(0, 2, 3);
        for (float[] losses : steps) {
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
