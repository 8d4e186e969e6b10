package org.kerastwin.cli;

import java.util.Locale;
import org.kerastwin.training.Losses;
import org.kerastwin.training.TrainingListener;

/** A training's progress on standard error: bars in a terminal, plain lines elsewhere. */
interface ConsoleProgress extends TrainingListener, AutoCloseable {
  /** Losses as a user reads them. */
  static String words(Losses losses) {
    return String.format(
        Locale.ROOT,
        "d_real %.3f  d_fake %.3f  g %.3f",
        losses.discriminatorReal(),
        losses.discriminatorFake(),
        losses.generator());
  }

  @Override
  void close();
}
