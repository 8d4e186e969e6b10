package org.kerastwin.training;

/**
 * The inputs of one step, row-major. The arrays are not copied, since a batch is used only once.
 *
 * @param images real images, {@code [halfBatch, height, width, channels]}
 * @param fakeNoise noise for the fakes, {@code [halfBatch, noiseDim]}
 * @param noise noise for the generator's update, {@code [batchSize, noiseDim]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Batch(float[] images, float[] fakeNoise, float[] noise) {
  /** The input of an update. */
  float[] of(GanUpdate update) {
    return switch (update) {
      case REAL -> images;
      case FAKE -> fakeNoise;
      case GENERATOR -> noise;
    };
  }
}
