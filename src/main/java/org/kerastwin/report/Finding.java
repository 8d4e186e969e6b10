package org.kerastwin.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A diagnosis of a run from its numbers and images.
 *
 * @param level how serious it is
 * @param title a few words
 * @param detail a sentence with the numbers
 */
record Finding(Level level, String title, String detail) {
  /** The severity of a finding, in ascending order. */
  enum Level {
    GOOD,
    NOTE,
    ALARM
  }

  /** The number of last steps to average: a single batch says little. */
  private static final int RECENT = 100;

  /** Some networks need this many steps to start learning. */
  private static final int EARLY = 300;

  /**
   * A side has won if its loss is near 0 and the other loss is high, the usual sign of a failing
   * GAN (<a href="https://github.com/soumith/ganhacks">How to train a GAN</a>, 10). One of these
   * alone is not a sign: in the first steps of good runs both losses may be near 0, since fakes are
   * made with moving statistics that lag behind.
   */
  private static final double WINNER = 0.1;

  private static final double LOSER = 3;

  /** The mean over pixels of the standard deviation over images; it is 0.19 for MNIST. */
  private static final double ALIKE = 0.05;

  /**
   * Judges a run.
   *
   * @param diversity the {@link SampleDiversity} of its last images; NaN if there are none
   */
  static List<Finding> of(StepValues values, double diversity) {
    List<Finding> findings = new ArrayList<>();
    findings.add(finite(values));
    if (values.steps() < EARLY) {
      findings.add(
          new Finding(
              Level.NOTE,
              "The losses say little yet",
              "%d steps are done; the first %d are no sign of how it ends."
                  .formatted(values.steps(), EARLY)));
      return findings;
    }
    double fakes = recent(values.lossFake());
    double generator = recent(values.lossGenerator());
    findings.add(contest("discriminator", "loss on fakes", fakes, "generator's", generator));
    findings.add(contest("generator", "loss", generator, "discriminator's on fakes", fakes));
    if (!Double.isNaN(diversity)) {
      findings.add(diversity(diversity));
    }
    return findings;
  }

  /** The highest level among findings. */
  static Level worst(List<Finding> findings) {
    return findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.NOTE);
  }

  private static Finding finite(StepValues values) {
    for (int i = 0; i < values.steps(); i++) {
      float sum = values.lossReal()[i] + values.lossFake()[i] + values.lossGenerator()[i];
      if (!Float.isFinite(sum)) {
        return new Finding(
            Level.ALARM,
            "The training diverged",
            "The losses of step %d are no finite numbers. A smaller learning rate may help."
                .formatted(i + 1));
      }
    }
    return new Finding(
        Level.GOOD,
        "All losses are finite",
        String.format(Locale.ROOT, "%,d steps without NaN.", values.steps()));
  }

  private static Finding contest(
      String side, String whose, double loss, String opponent, double opposed) {
    boolean won = loss < WINNER && opposed > LOSER;
    return new Finding(
        won ? Level.ALARM : Level.GOOD,
        "The %s has %swon".formatted(side, won ? "" : "not "),
        String.format(
            Locale.ROOT,
            "Over the last %d steps its mean %s is %.2f and the %s %.2f. It has won if these are"
                + " below %.1f and above %.0f.",
            RECENT,
            whose,
            loss,
            opponent,
            opposed,
            WINNER,
            LOSER));
  }

  private static Finding diversity(double diversity) {
    boolean alike = diversity < ALIKE;
    String detail =
        String.format(
            Locale.ROOT,
            "From image to image a pixel varies by %.2f of its range. Below %.2f the generator"
                + " makes one image only.",
            diversity,
            ALIKE);
    return new Finding(
        alike ? Level.ALARM : Level.GOOD,
        alike ? "The images look alike" : "The images differ from each other",
        detail);
  }

  private static double recent(float[] values) {
    double sum = 0;
    for (int i = values.length - RECENT; i < values.length; i++) {
      sum += values[i];
    }
    return sum / RECENT;
  }
}
