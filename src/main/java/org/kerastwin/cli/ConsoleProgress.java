package org.kerastwin.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.kerastwin.graph.StandardError;
import org.kerastwin.training.Losses;
import org.kerastwin.training.RunConfig;
import org.kerastwin.training.TrainingListener;

/** A training's progress on standard error: bars in a terminal, plain lines elsewhere. */
interface ConsoleProgress extends TrainingListener, AutoCloseable {
  /** The progress that fits where standard error goes. */
  static ConsoleProgress on(PrintWriter err, RunConfig config) {
    return StandardError.isTerminal() ? new ProgressBars(config) : new ProgressLines(err, config);
  }

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
