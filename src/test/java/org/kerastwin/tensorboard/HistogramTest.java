package org.kerastwin.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.HistogramProto;

final class HistogramTest {
  @Test
  void countsEveryFiniteNumberOnce() {
    HistogramProto histogram =
        Histogram.of(new float[] {-1, 0, 0, 4, Float.NaN, Float.NEGATIVE_INFINITY});
    assertEquals(-1, histogram.getMin());
    assertEquals(4, histogram.getMax());
    assertEquals(4, histogram.getNum());
    assertEquals(3, histogram.getSum());
    assertEquals(17, histogram.getSumSquares());
    assertEquals(4, histogram.getBucketList().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** By hand: 50 buckets of 0.1 from -1 to 4; 0 is the lower edge of the eleventh. */
  @Test
  void bucketsHaveEqualWidth() {
    HistogramProto histogram = Histogram.of(new float[] {-1, 0, 0, 4});
    assertEquals(50, histogram.getBucketCount());
    assertEquals(1, histogram.getBucket(0));
    assertEquals(2, histogram.getBucket(10));
    assertEquals(1, histogram.getBucket(49));
    assertEquals(0, histogram.getBucketLimit(9), 1e-12);
    assertEquals(4, histogram.getBucketLimit(49));
  }

  @Test
  void equalNumbersShareABucket() {
    HistogramProto histogram = Histogram.of(new float[] {2, 2, 2});
    assertEquals(List.of(2.0), histogram.getBucketLimitList());
    assertEquals(List.of(3.0), histogram.getBucketList());
  }

  @Test
  void noNumbersGiveAnEmptyHistogram() {
    assertTrue(Histogram.of(new float[] {Float.NaN}).getBucketList().isEmpty());
  }
}
