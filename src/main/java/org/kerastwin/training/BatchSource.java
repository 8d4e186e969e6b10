package org.kerastwin.training;

import java.util.Arrays;
import org.kerastwin.data.Split;
import org.kerastwin.keras.random.NumpyRandom;

/** Draws the inputs of each step in the order of the notebook's loop. */
final class BatchSource {
  private final Split images;
  private final NumpyRandom random;
  private final GanSettings settings;

  /**
   * Draws from a stream.
   *
   * @param images images to draw from, with replacement
   * @param random NumPy's stream before the next step
   * @param settings the batch size and the noise size
   */
  BatchSource(Split images, NumpyRandom random, GanSettings settings) {
    this.images = images;
    this.random = random;
    this.settings = settings;
  }

  /** The next step's inputs. */
  Batch next() {
    int half = settings.halfBatch();
    long[] indices = random.randint(0, images.size(), half);
    int[] selected = Arrays.stream(indices).mapToInt(Math::toIntExact).toArray();
    float[] real = new float[half * images.values()];
    images.scaled(selected, real);
    return new Batch(
        real,
        random.normalFloats(half * settings.noiseDim()),
        random.normalFloats(settings.batchSize() * settings.noiseDim()));
  }
}
