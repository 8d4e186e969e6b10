package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.kerastwin.data.Split;
import org.kerastwin.keras.random.NumpyRandom;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.TinyRuns;

class BatchSourceTest {
  private static final int ODD_BATCH = 7;

  /** One more than a power of 2: for one image less, NumPy would draw with fewer bits. */
  private static final int IMAGES = 33;

  /** {@code randint}, then {@code normal} for the fakes, then for the generator; half rounds up. */
  @Test
  void drawsInTheOrderOfTheNotebook() {
    Split images = TinyRuns.images(IMAGES);
    GanSettings settings =
        TinyRuns.settings(
            Variant.TRANSPOSED, Form.FAST, BatchNormStatistics.EXPONENTIAL, ODD_BATCH);
    assertEquals(4, settings.halfBatch());
    BatchSource source = new BatchSource(images, NumpyRandom.ofSeed(3), settings);
    NumpyRandom expected = NumpyRandom.ofSeed(3);
    for (int step = 0; step < 3; step++) {
      int[] indices =
          Arrays.stream(expected.randint(0, IMAGES, 4)).mapToInt(Math::toIntExact).toArray();
      float[] real = new float[4 * images.values()];
      images.scaled(indices, real);
      Batch batch = source.next();
      assertArrayEquals(real, batch.images());
      assertArrayEquals(expected.normalFloats(4 * TinyRuns.NOISE_DIM), batch.fakeNoise());
      assertArrayEquals(expected.normalFloats(7 * TinyRuns.NOISE_DIM), batch.noise());
    }
  }
}
