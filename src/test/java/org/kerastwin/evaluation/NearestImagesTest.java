package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;

class NearestImagesTest {
  /** A mean of 784 float32 squares. */
  private static final double ROUNDING = 1e-5;

  /** An image for each gray. */
  private static Split grays(int... grays) {
    byte[] pixels = new byte[grays.length * Classifier.PIXELS];
    for (int i = 0; i < grays.length; i++) {
      Arrays.fill(pixels, i * Classifier.PIXELS, (i + 1) * Classifier.PIXELS, (byte) grays[i]);
    }
    return new Split(
        NdArray.ofBytes(pixels, List.of(grays.length, Classifier.SIDE, Classifier.SIDE)));
  }

  @Test
  void findsTheNearestImage() {
    Split train = grays(0, 100, 255);
    NearestImages nearest =
        NearestImages.of(grays(255, 90).scaled(), train, Optional.of(grays(0, 51, 200)));
    assertEquals(train.scaled(new int[] {2, 1}), nearest.nearest());
    assertEquals(0, nearest.distances().get(0));
    assertEquals(10 / 127.5, nearest.distances().get(1), ROUNDING);
    assertEquals(5 / 127.5, nearest.meanDistance(), ROUNDING);
    // As many test images as there are samples: at distances 0 and 49.
    assertEquals(49 / 127.5 / 2, nearest.ofTestImages().orElseThrow(), ROUNDING);
  }
}
