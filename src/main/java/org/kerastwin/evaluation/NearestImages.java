package org.kerastwin.evaluation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;

/**
 * The nearest training images of some samples, which reveal whether a generator has memorized its
 * training images.
 *
 * @param samples float32 {@code [n, 28, 28, 1]}
 * @param nearest the training images nearest to them, of the same shape
 * @param distances root mean squared difference of their pixels, in the scale [-1, 1]
 * @param ofTestImages mean distance of as many test images, if available, for comparison
 */
public record NearestImages(
    NdArray samples, NdArray nearest, List<Double> distances, Optional<Double> ofTestImages) {
  /** Keeps a copy. */
  public NearestImages {
    distances = List.copyOf(distances);
  }

  private record Match(int index, double distance) {}

  /** Finds the nearest training images of some samples. */
  public static NearestImages of(NdArray samples, Split train, Optional<Split> test) {
    int n = samples.shape().get(0);
    List<Match> matches = matches(FeatureRows.of(samples), train);
    return new NearestImages(
        samples,
        train.scaled(matches.stream().mapToInt(Match::index).toArray()),
        matches.stream().map(Match::distance).toList(),
        test.map(images -> meanDistance(firstOf(images, n), train)));
  }

  private static NdArray firstOf(Split images, int most) {
    return images.scaled(IntStream.range(0, Math.min(most, images.size())).toArray());
  }

  private static double meanDistance(NdArray images, Split train) {
    return matches(FeatureRows.of(images), train).stream()
        .mapToDouble(Match::distance)
        .average()
        .orElseThrow();
  }

  /** The mean distance of the samples. */
  public double meanDistance() {
    return distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static List<Match> matches(FeatureRows samples, Split train) {
    return IntStream.range(0, samples.size())
        .parallel()
        .mapToObj(sample -> match(samples.select(IntStream.of(sample)).values(), train))
        .toList();
  }

  private static Match match(float[] sample, Split train) {
    ByteBuffer bytes = train.images().data();
    byte[] image = new byte[Classifier.PIXELS];
    Match best = new Match(-1, Double.POSITIVE_INFINITY);
    for (int index = 0; index < train.size(); index++) {
      bytes.get(index * Classifier.PIXELS, image);
      float sum = 0;
      for (int i = 0; i < Classifier.PIXELS; i++) {
        float difference = sample[i] - Split.scale(Byte.toUnsignedInt(image[i]));
        sum += difference * difference;
      }
      double distance = Math.sqrt(sum / Classifier.PIXELS);
      best = distance < best.distance() ? new Match(index, distance) : best;
    }
    return best;
  }
}
