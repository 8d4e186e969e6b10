package org.kerastwin.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BatchNormStatistics;
import org.kerastwin.training.GanSettings;

/** Settings, images and batches that train the notebook's models in a moment. */
public final class TinyRuns {
  public static final int NOISE_DIM = 3;

  private TinyRuns() {}

  public static GanSettings settings(
      Variant variant, Form form, BatchNormStatistics statistics, int batchSize) {
    AdamSettings adam = new AdamSettings(2e-4, 0.5);
    return new GanSettings(variant, batchSize, NOISE_DIM, adam, 0.9, statistics, form);
  }

  /** Seeds of the initial weights, one after the other. */
  public static IntSupplier seeds() {
    int[] next = {1000};
    return () -> next[0]++;
  }

  /** The settings of a run of the transposed variant. */
  public static RunConfig config(int epochs, int batchSize) {
    return new RunConfig(
        settings(Variant.TRANSPOSED, Form.FAST, BatchNormStatistics.EXPONENTIAL, batchSize),
        epochs,
        42,
        1000,
        10,
        0,
        Map.of(),
        new DatasetOrigin("digits", "digits", "embedded", "0123"),
        Map.of("trainer", "test"));
  }

  /** Random images, each with its index as its label. */
  public static Split images(int count) {
    byte[] pixels = new byte[count * Dcgan.IMAGE_SIZE * Dcgan.IMAGE_SIZE];
    byte[] labels = new byte[count];
    new Random(7).nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) i;
    }
    return new Split(
        NdArray.ofBytes(pixels, List.of(count, Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE)),
        Optional.of(NdArray.ofBytes(labels, List.of(count))));
  }

  public static Batch batch(GanSettings settings, long seed) {
    Random random = new Random(seed);
    int half = settings.halfBatch();
    float[] real = normal(random, half * Dcgan.IMAGE_SIZE * Dcgan.IMAGE_SIZE);
    for (int i = 0; i < real.length; i++) {
      real[i] = (float) Math.tanh(real[i]);
    }
    return new Batch(
        real,
        normal(random, half * settings.noiseDim()),
        normal(random, settings.batchSize() * settings.noiseDim()));
  }

  public static NdArray noise(int rows) {
    return NdArray.ofFloats(normal(new Random(11), rows * NOISE_DIM), List.of(rows, NOISE_DIM));
  }

  private static float[] normal(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
