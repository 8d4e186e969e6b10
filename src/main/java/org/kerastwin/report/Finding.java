package org.kerastwin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run's numbers and images say about how it goes.
 *
 * @param level whether to worry
 * @param title in few words
 * @param detail the numbers behind it, a sentence
 */
record Finding(Level level, String title, String detail) {
  /** How much a finding matters. */
  enum Level {
    GOOD,
    NOTE,
    ALARM
  }

  /** Judged are the means of so many steps: a single batch says little. */
  private static final int RECENT = 100;

  /** Before that many steps every discriminator wins, and nothing can be said. */
  private static final int EARLY = 300;

  /**
   * A loss near 0 is the usual sign of a GAN that fails: one side has won, and the other's gradient
   * says nothing (<a href="https://github.com/soumith/ganhacks">How to train a GAN</a>, 10).
   */
  private static final double WON = 0.1;

  /** The mean over pixels of the standard deviation over images; for MNIST's own it is 0.19. */
  private static final double ALIKE = 0.05;

  /**
   * Judges a run.
   *
   * @param diversity of its last images; NaN if there are none; see {@link SampleDiversity}
   */
  static List<Finding> of(StepValues values, double diversity) {
    List<Finding> findings = new ArrayList<>();
    findings.add(finite(values));
    if (values.steps() < EARLY) {
      findings.add(
          new Finding(
              Level.NOTE,
              "Too early to judge",
              "%d steps are done. The losses say little before step %d."
                  .formatted(values.steps(), EARLY)));
      return findings;
    }
    findings.add(
        contest(
            "The discriminator has not won",
            "The discriminator has won",
            "Its mean loss on fakes",
            recent(values.lossFake())));
    findings.add(
        contest(
            "The generator has not won",
            "The generator has won",
            "Its mean loss",
            recent(values.lossGenerator())));
    if (!Double.isNaN(diversity)) {
      findings.add(diversity(diversity));
    }
    return findings;
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

  private static Finding contest(String good, String bad, String whose, double loss) {
    boolean won = loss < WON;
    String detail =
        String.format(
            Locale.ROOT,
            "%s is %.2f over the last %d steps. Below %.1f its opponent no longer learns.",
            whose,
            loss,
            RECENT,
            WON);
    return new Finding(won ? Level.ALARM : Level.GOOD, won ? bad : good, detail);
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
