package org.kerastwin.training;

/**
 * The inputs of one step, row-major. Arrays are not copied: a batch is used once.
 *
 * @param images real images, {@code [halfBatch, 28, 28, 1]} in [-1, 1]
 * @param fakeNoise noise of the fakes, {@code [halfBatch, noiseDim]}
 * @param noise noise of the generator's update, {@code [batchSize, noiseDim]}
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
