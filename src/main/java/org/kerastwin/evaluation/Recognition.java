package org.kerastwin.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.kerastwin.io.NdArray;

/**
 * The classes that the classifier recognizes in a set of images.
 *
 * @param score the classifier score, by the formula of the inception score (Salimans et al., 2016),
 *     {@code exp(mean KL(p(y|x), p(y)))}, from 1 to 10
 * @param confidentShare fraction of the images whose class has a probability of at least 0.9
 * @param classes fractions of the ten classes
 * @param entropy entropy of these fractions in bits; 3.32 if all are equal
 * @param diversity the mean difference of two images of a class: the root mean squared difference
 *     of their pixels, averaged over all classes with at least two images
 */
public record Recognition(
    Estimate score, double confidentShare, List<Double> classes, double entropy, double diversity) {
  private static final double CONFIDENT = 0.9;

  /** Keeps a copy. */
  public Recognition {
    classes = List.copyOf(classes);
  }

  /**
   * Recognizes images.
   *
   * @param images float32 {@code [n, 28, 28, 1]}
   */
  static Recognition of(NdArray images, Classification classified) {
    FeatureRows probabilities = FeatureRows.of(classified.probabilities());
    int[] classes = classified.classes();
    List<Double> shares = shares(classes, probabilities.width());
    return new Recognition(
        score(probabilities),
        confidentShare(probabilities),
        shares,
        entropy(shares),
        diversity(FeatureRows.of(images), classes, probabilities.width()));
  }

  /** The score with the 95% bounds of the jackknife. */
  static Estimate score(FeatureRows probabilities) {
    return Estimate.jackknife(probabilities, ScoreSums::of, ScoreSums::score);
  }

  /** The sums of {@code p} and of {@code p log p} of a block. */
  @SuppressWarnings("ArrayRecordComponent")
  private record ScoreSums(int count, double[] p, double pLogP) {
    static ScoreSums of(FeatureRows rows) {
      double[] p = new double[rows.width()];
      double pLogP = 0;
      for (int row = 0; row < rows.size(); row++) {
        for (int c = 0; c < p.length; c++) {
          double probability = rows.get(row, c);
          p[c] += probability;
          pLogP += xLogX(probability);
        }
      }
      return new ScoreSums(rows.size(), p, pLogP);
    }

    /** The mean divergence is the entropy of the mean minus the mean entropy. */
    static double score(List<ScoreSums> blocks) {
      double[] p = new double[blocks.get(0).p.length];
      double divergence = 0;
      int count = 0;
      for (ScoreSums block : blocks) {
        Arrays.setAll(p, c -> p[c] + block.p[c]);
        divergence += block.pLogP;
        count += block.count;
      }
      divergence /= count;
      for (double sum : p) {
        divergence -= xLogX(sum / count);
      }
      return Math.exp(divergence);
    }
  }

  private static double xLogX(double x) {
    return x > 0 ? x * Math.log(x) : 0;
  }

  static double confidentShare(FeatureRows probabilities) {
    int confident = 0;
    for (int row = 0; row < probabilities.size(); row++) {
      float greatest = 0;
      for (int c = 0; c < probabilities.width(); c++) {
        greatest = Math.max(greatest, probabilities.get(row, c));
      }
      confident += greatest >= CONFIDENT ? 1 : 0;
    }
    return (double) confident / probabilities.size();
  }

  static List<Double> shares(int[] classes, int number) {
    return IntStream.range(0, number)
        .mapToObj(
            c ->
                (double) Arrays.stream(classes).filter(found -> found == c).count()
                    / classes.length)
        .toList();
  }

  static double entropy(List<Double> shares) {
    return -shares.stream().mapToDouble(Recognition::xLogX).sum() / Math.log(2);
  }

  /** The mean squared difference of two draws is twice the variance. */
  static double diversity(FeatureRows images, int[] classes, int number) {
    double[] ofClasses =
        IntStream.range(0, number)
            .mapToObj(
                c -> IntStream.range(0, classes.length).filter(i -> classes[i] == c).toArray())
            .filter(members -> members.length > 1)
            .mapToDouble(members -> Math.sqrt(2 * variance(images, members)))
            .toArray();
    return Arrays.stream(ofClasses).average().orElse(0);
  }

  /** The variance of a pixel over some images, averaged over all pixels. */
  private static double variance(FeatureRows images, int[] members) {
    double sum = 0;
    for (int pixel = 0; pixel < images.width(); pixel++) {
      int at = pixel;
      double mean =
          Arrays.stream(members).mapToDouble(i -> images.get(i, at)).sum() / members.length;
      for (int member : members) {
        double difference = images.get(member, pixel) - mean;
        sum += difference * difference;
      }
    }
    return sum / (members.length - 1) / images.width();
  }
}
