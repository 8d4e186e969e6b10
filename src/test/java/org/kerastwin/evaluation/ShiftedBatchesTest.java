package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;

class ShiftedBatchesTest {
  private static final int N = 50;

  /** Black images with a white pixel in row 10 and column 10; image i has the label i mod 10. */
  private static Split dots() {
    byte[] pixels = new byte[N * Classifier.PIXELS];
    byte[] labels = new byte[N];
    for (int i = 0; i < N; i++) {
      pixels[i * Classifier.PIXELS + 10 * Classifier.SIDE + 10] = (byte) 255;
      labels[i] = (byte) (i % 10);
    }
    return new Split(
        NdArray.ofBytes(pixels, List.of(N, Classifier.SIDE, Classifier.SIDE)),
        Optional.of(NdArray.ofBytes(labels, List.of(N))));
  }

  @Test
  void visitsEachImageOnceMovedByAtMostTwoPixels() {
    ShiftedBatches batches = new ShiftedBatches(dots(), new Random(1));
    float[] pixels = new float[10 * Classifier.PIXELS];
    float[] oneHot = new float[10 * Classifier.CLASSES];
    int[] labels = new int[10];
    Set<Integer> rows = new TreeSet<>();
    Set<Integer> columns = new TreeSet<>();
    for (int batch = 0; batch < 5; batch++) {
      assertTrue(batches.next(pixels, oneHot));
      for (int i = 0; i < oneHot.length; i++) {
        labels[i % 10] += (int) oneHot[i];
      }
      for (int i = 0; i < 10; i++) {
        int start = i * Classifier.PIXELS;
        int[] white =
            IntStream.range(0, Classifier.PIXELS).filter(at -> pixels[start + at] == 1).toArray();
        assertEquals(1, white.length);
        rows.add(white[0] / Classifier.SIDE);
        columns.add(white[0] % Classifier.SIDE);
      }
    }
    assertFalse(batches.next(pixels, oneHot));
    for (int count : labels) {
      assertEquals(5, count);
    }
    assertEquals(Set.of(8, 9, 10, 11, 12), rows);
    assertEquals(Set.of(8, 9, 10, 11, 12), columns);
  }
}
