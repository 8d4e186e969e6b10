package org.kerastwin.data.digits;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * Draws digits that look handwritten, so that the program runs without a network and without files.
 * As in MNIST, each is white on black, fitted into 20×20 pixels and centered by its mass in 28×28.
 * Every image has its own random stream, so images can be drawn in parallel. Only arithmetic that
 * is exact by specification is used: a seed gives the same bytes everywhere.
 *
 * @param images uint8 {@code [n, 28, 28]}
 * @param labels uint8 {@code [n]}, 0 to 9
 */
public record StrokeDigits(NdArray images, NdArray labels) {
  /** Side of the box that MNIST's digits are fitted into, in pixels. */
  private static final double BOX = 20;

  private static final List<List<Glyph>> GLYPHS = Glyph.digits();

  /**
   * Draws consecutive digits of an endless sequence.
   *
   * @param first index of the first digit in the sequence, from 0
   * @param count how many to draw
   * @param seed of the sequence
   */
  public static StrokeDigits draw(int first, int count, long seed) {
    byte[] images = new byte[count * Pen.PIXELS];
    byte[] labels = new byte[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              SplitMix random = SplitMix.of(seed, first + (long) i);
              int digit = random.below(GLYPHS.size());
              labels[i] = (byte) digit;
              draw(digit, random, images, i * Pen.PIXELS);
            });
    return new StrokeDigits(
        new NdArray(DType.UINT8, List.of(count, Pen.SIDE, Pen.SIDE), ByteBuffer.wrap(images)),
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
