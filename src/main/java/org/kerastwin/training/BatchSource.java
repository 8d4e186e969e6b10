package org.kerastwin.training;

import java.util.Arrays;
import org.kerastwin.data.Dataset;
import org.kerastwin.keras.random.NumpyRandom;

/** Draws the inputs of each step in the order of the notebook's loop. */
final class BatchSource {
  private final Dataset dataset;
  private final NumpyRandom random;
  private final GanSettings settings;

  /**
   * Draws from a stream.
   *
   * @param dataset whose training images are drawn, with replacement
   * @param random NumPy's stream, at the point where the next step begins
   * @param settings batch size and size of the noise
   */
  BatchSource(Dataset dataset, NumpyRandom random, GanSettings settings) {
    this.dataset = dataset;
    this.random = random;
    this.settings = settings;
  }

  /** The next step's inputs. */
  Batch next() {
    int half = settings.halfBatch();
    long[] indices = random.randint(0, dataset.trainSize(), half);
    int[] selected = Arrays.stream(indices).mapToInt(Math::toIntExact).toArray();
    return new Batch(
        dataset.scaled(selected),
        random.normalFloats(half * settings.noiseDim()),
        random.normalFloats(settings.batchSize() * settings.noiseDim()));
  }
}
