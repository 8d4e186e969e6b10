package org.kerastwin.data.digits;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.Split;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Digits that look handwritten, drawn at start, so that the program runs with neither network nor
 * file. As in MNIST, each is white on black, fitted into 20×20 pixels and centred by its mass in
 * 28×28. Every image has a random stream of its own, so that images can be drawn in parallel, and
 * only arithmetic that is exact by specification is used: a seed gives the same bytes everywhere.
 */
public final class StrokeDigits {
  private static final String NAME = "digits";
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;
  private static final long SEED = 1998;

  /** Side of the box that MNIST's digits are fitted into, in pixels. */
  private static final double BOX = 20;

  private static final List<List<Glyph>> GLYPHS = Glyph.digits();

  private StrokeDigits() {}

  /** As many images as MNIST has, always the same. */
  public static Dataset dataset() {
    return dataset(TRAIN, TEST, SEED);
  }

  /** The first images of a seed to train on, the next ones held back. */
  static Dataset dataset(int train, int test, long seed) {
    return Dataset.ofArrays(NAME, draw(0, train, seed), draw(train, test, seed), "embedded");
  }

  private static Split draw(int first, int count, long seed) {
    byte[] images = new byte[count * Split.PIXELS];
    byte[] labels = new byte[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              SplitMix random = SplitMix.of(seed, first + (long) i);
              int digit = random.below(GLYPHS.size());
              labels[i] = (byte) digit;
              draw(digit, random, images, i * Split.PIXELS);
            });
    return new Split(
        new NdArray(DType.UINT8, List.of(count, Split.SIDE, Split.SIDE), ByteBuffer.wrap(images)),
        NdArray.ofBytes(labels, List.of(count)));
  }

  private static void draw(int digit, SplitMix random, byte[] target, int offset) {
    List<Glyph> ways = GLYPHS.get(digit);
    Glyph glyph = ways.get(random.below(ways.size()));
    Hand hand = new Hand(random);
    double radius = 1.25 + random.bell(0.3);
    Pen pen = new Pen(radius, random.uniform(1.0, 1.6));
    double size = (BOX - 2 * radius) * random.uniform(0.92, 1);
    for (double[] stroke :
        StrokePlacement.fit(glyph.strokes().stream().map(hand::write).toList(), size)) {
      for (int i = 0; i + 3 < stroke.length; i += 2) {
        pen.line(stroke[i], stroke[i + 1], stroke[i + 2], stroke[i + 3]);
      }
    }
    pen.write(target, offset);
  }
}
