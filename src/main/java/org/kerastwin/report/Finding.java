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

  /** The number of last steps to average, since a single batch says little. */
  private static final int RECENT = 100;

  /** Some networks need this many steps to start learning. */
  private static final int EARLY = 300;

  /**
   * Judges a run.
   *
   * @param diversity the {@link SampleDiversity} of its last images; NaN if there are none
   * @param alarms that the run has raised, a sentence each
   */
  static List<Finding> of(StepValues values, double diversity, List<String> alarms) {
    List<Finding> findings = new ArrayList<>();
    findings.add(finite(values));
    alarms.forEach(
        alarm -> findings.add(new Finding(Level.ALARM, "The run raised an alarm", alarm)));
    if (values.steps() < EARLY) {
      findings.add(
          new Finding(
              Level.NOTE,
              "It is too early to judge the losses",
              "%d steps are done; the first %d do not show how the run will end."
                  .formatted(values.steps(), EARLY)));
    } else if (worst(findings) != Level.ALARM) {
      findings.add(
          new Finding(Level.GOOD, "The run raised no alarm", balance(values) + variety(diversity)));
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
            "Training diverged",
            "The losses of step %d are not finite. A smaller learning rate may help."
                .formatted(i + 1));
      }
    }
    return new Finding(
        Level.GOOD,
        "All losses are finite",
        String.format(Locale.ROOT, "%,d steps without NaN.", values.steps()));
  }

  private static String balance(StepValues values) {
    return String.format(
        Locale.ROOT,
        "Over the last %d steps the discriminator's mean loss on fakes is %.2f and the generator's"
            + " loss %.2f.",
        RECENT,
        recent(values.lossFake()),
        recent(values.lossGenerator()));
  }

  private static String variety(double diversity) {
    return Double.isNaN(diversity)
        ? ""
        : String.format(
            Locale.ROOT, " Between images, a pixel varies by %.2f of its range.", diversity);
  }

  private static double recent(float[] values) {
    return FiniteMean.of(values, values.length - RECENT, values.length);
  }
}
