package org.kerastwin.cli.progress;

import java.util.Locale;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.training.Losses;

/** A training's progress on standard error: bars in a terminal, plain lines elsewhere. */
public interface ConsoleProgress extends TrainingListener, AutoCloseable {
  /** Printed when the user presses Ctrl-C. */
  String INTERRUPTED = "Interrupted: saving after the current step.";

  /** Losses from here on are printed in scientific notation. */
  double LARGE = 1000;

  /** Losses as text. */
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

  /** Called on another thread when the user presses Ctrl-C. */
  default void interrupted() {
    line(INTERRUPTED);
  }

  /** Prints a permanent line; may be called on any thread. */
  void line(String text);

  @Override
  void close();
}
