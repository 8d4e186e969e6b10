package org.kerastwin.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StrokeDigitsTest {
  private static final int TRAIN = 3000;
  private static final int TEST = 1000;

  /** Half of a tenth of the images; random draws are ten standard deviations above. */
  private static final int FEWEST_OF_A_DIGIT = TRAIN / 20;

  /** The nearest mean gets 82 % of MNIST's own test images; guessing, 10 %. */
  private static final double LEAST_RECOGNIZED = 0.75;

  private final StrokeDigits train = StrokeDigits.draw(0, TRAIN, 1);
  private final StrokeDigits test = StrokeDigits.draw(TRAIN, TEST, 1);

  @Test
  void streamIsSplitMix64() {
    // The values that Rosetta Code, "Pseudo-random numbers/Splitmix64", gives for this seed.
    SplitMix random = new SplitMix(1234567);
    assertEquals("6457827717110365317", Long.toUnsignedString(random.nextLong()));
    assertEquals("3203168211198807973", Long.toUnsignedString(random.nextLong()));
    assertEquals("9817491932198370423", Long.toUnsignedString(random.nextLong()));
  }

  @Test
  void seedsGiveTheSameDigitsForAnyCount() {
    byte[] all = train.images().bytes();
    assertArrayEquals(
        Arrays.copyOf(all, 10 * Pen.PIXELS), StrokeDigits.draw(0, 10, 1).images().bytes());
    assertArrayEquals(
        Arrays.copyOfRange(all, 10 * Pen.PIXELS, 15 * Pen.PIXELS),
        StrokeDigits.draw(10, 5, 1).images().bytes());
    assertNotEquals(StrokeDigits.draw(0, 10, 1).images(), StrokeDigits.draw(0, 10, 2).images());
  }

  @Test
  void drawsEveryDigit() {
    int[] count = new int[10];
    for (byte label : train.labels().bytes()) {
      count[label]++;
    }
    assertTrue(Arrays.stream(count).min().getAsInt() > FEWEST_OF_A_DIGIT, Arrays.toString(count));
  }

  @Test
  void drawsCenteredWhiteOnBlack() {
    byte[] images = train.images().bytes();
    for (int i = 0; i < TRAIN; i++) {
      double mass = 0;
      double x = 0;
      double y = 0;
      for (int pixel = 0; pixel < Pen.PIXELS; pixel++) {
        int value = Byte.toUnsignedInt(images[i * Pen.PIXELS + pixel]);
        mass += value;
        int row = pixel / Pen.SIDE;
        x += value * (pixel % Pen.SIDE + 0.5);
        y += value * (row + 0.5);
      }
      // At least a thin line of 15 pixels, at most a third of the image.
      assertTrue(mass > 15 * 255 && mass < Pen.PIXELS * 255 / 3.0, "mass of " + i + ": " + mass);
      // The center of the strokes; where they cross, pixels count once, which moves it a little.
      assertEquals(14, x / mass, 1.5, "x of " + i);
      assertEquals(14, y / mass, 1.5, "y of " + i);
    }
  }

  @Test
  void digitsDiffer() {
    double[][] means = new double[10][Pen.PIXELS];
    byte[] images = train.images().bytes();
    byte[] labels = train.labels().bytes();
    int[] count = new int[10];
    for (int i = 0; i < TRAIN; i++) {
      count[labels[i]]++;
    }
    for (int i = 0; i < images.length; i++) {
      int label = labels[i / Pen.PIXELS];
      means[label][i % Pen.PIXELS] += Byte.toUnsignedInt(images[i]) / (double) count[label];
    }
    byte[] others = test.images().bytes();
    int right = 0;
    for (int i = 0; i < TEST; i++) {
      int nearest = nearest(means, others, i * Pen.PIXELS);
      right += nearest == test.labels().bytes()[i] ? 1 : 0;
    }
    assertTrue(right > LEAST_RECOGNIZED * TEST, "recognized " + right);
  }

  private static int nearest(double[][] means, byte[] images, int offset) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int digit = 0; digit < means.length; digit++) {
      double distance = 0;
      for (int i = 0; i < Pen.PIXELS; i++) {
        double difference = means[digit][i] - Byte.toUnsignedInt(images[offset + i]);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = digit;
      }
    }
    return nearest;
  }
}
