package org.kerastwin.evaluation;

import java.util.Arrays;
import java.util.Random;
import org.kerastwin.data.Split;

/**
 * The batches of an epoch: every image once, in random order, shifted by up to two pixels along
 * each axis.
 */
final class ShiftedBatches {
  private static final int FARTHEST = 2;

  private final Split images;
  private final byte[] labels;
  private final Random random;
  private final int[] order;
  private final float[] image = new float[Classifier.PIXELS];
  private int at;

  /** Shuffles the images, which have labels. */
  ShiftedBatches(Split images, Random random) {
    this.images = images;
    this.labels = images.labels().orElseThrow().bytes();
    this.random = random;
    this.order = new int[images.size()];
    Arrays.setAll(order, i -> i);
    shuffle();
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /**
   * Fills a batch; the last images of an epoch are omitted if they do not fill one.
   *
   * @param pixels takes {@code [batch, 28, 28, 1]} in [-1, 1]
   * @param oneHot takes {@code [batch, 10]}
   * @return whether there were enough images left
   */
  boolean next(float[] pixels, float[] oneHot) {
    int batch = pixels.length / Classifier.PIXELS;
    if (at + batch > order.length) {
      return false;
    }
    Arrays.fill(oneHot, 0);
    for (int i = 0; i < batch; i++) {
      int index = order[at++];
      images.scaled(new int[] {index}, image);
      shift(pixels, i * Classifier.PIXELS, offset(), offset());
      oneHot[i * Classifier.CLASSES + labels[index]] = 1;
    }
    return true;
  }

  private int offset() {
    return random.nextInt(2 * FARTHEST + 1) - FARTHEST;
  }

  /** Copies the image to its place in the batch; the margin becomes black. */
  private void shift(float[] pixels, int start, int down, int right) {
    for (int y = 0; y < Classifier.SIDE; y++) {
      for (int x = 0; x < Classifier.SIDE; x++) {
        int fromY = y - down;
        int fromX = x - right;
        boolean inside =
            fromY >= 0 && fromY < Classifier.SIDE && fromX >= 0 && fromX < Classifier.SIDE;
        pixels[start + y * Classifier.SIDE + x] =
            inside ? image[fromY * Classifier.SIDE + fromX] : -1;
      }
    }
  }
}
