package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.testing.OneRun;

class MovingAverageTest {
  private static final double MOMENTUM = 0.99;

  /** Four values of size 1 are added: each addition rounds by at most 6e-8. */
  private static final float ROUNDING = 3e-7f;

  @Test
  void exponentialAverageRoundsFactorsFromDouble() {
    float moving = 0.3f;
    float batch = 7.1f;
    // 1 - 0.99 in float32 would be 0.00999999, in double and then rounded it is 0.01.
    float expected = moving * 0.99f + batch * 0.01f;
    assertEquals(expected, next(MovingAverage.KERAS, moving, batch));
  }

  @Test
  void cumulativeAverageIsTheMean() {
    float[] batches = {0.5f, -1.25f, 3, 0.125f};
    float moving = 1e9f; // The first batch replaces any earlier value exactly.
    float[] means = new float[batches.length];
    for (int j = 1; j <= batches.length; j++) {
      float seen = j;
      try (OneRun run = new OneRun()) {
        MovingAverage average = MovingAverage.cumulative(run.tf.constant(seen));
        moving = next(run, average, moving, batches[j - 1]);
      }
      means[j - 1] = moving;
    }
    assertArrayEquals(new float[] {0.5f, -0.375f, 0.75f, 0.59375f}, means, ROUNDING);
  }

  private static float next(MovingAverage average, float moving, float batch) {
    try (OneRun run = new OneRun()) {
      return next(run, average, moving, batch);
    }
  }

  private static float next(OneRun run, MovingAverage average, float moving, float batch) {
    return run.fetch(
            average.next(run.tf, run.feed(scalar(moving)), run.feed(scalar(batch)), MOMENTUM))
        .floats()[0];
  }

  private static NdArray scalar(float value) {
    return NdArray.ofFloats(new float[] {value}, List.of());
  }
}
