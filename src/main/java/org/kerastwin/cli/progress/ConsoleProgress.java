package org.kerastwin.cli.progress;

import java.util.Locale;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.training.Losses;

/** A training's progress on standard error: bars in a terminal, plain lines elsewhere. */
public interface ConsoleProgress extends TrainingListener, AutoCloseable {
  /** What a user who presses Ctrl-C reads. */
  String INTERRUPTED = "Interrupted: saving after the step under way.";

  /** Losses from which on three decimals would be noise in too wide a column. */
  double LARGE = 1000;

  /** Losses as a user reads them. */
  static String words(Losses losses) {
    return "d_real %s  d_fake %s  g %s"
        .formatted(
            number(losses.discriminatorReal()),
            number(losses.discriminatorFake()),
            number(losses.generator()));
  }

  private static String number(float loss) {
    return String.format(Locale.ROOT, loss < LARGE ? "%.3f" : "%.1e", loss);
  }

  /** The user wants the program to end; told on another thread. */
  default void interrupted() {
    line(INTERRUPTED);
  }

  /** Prints a line that stays; called on any thread. */
  void line(String text);

  @Override
  void close();
}
