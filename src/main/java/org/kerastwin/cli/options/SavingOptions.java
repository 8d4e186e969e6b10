package org.kerastwin.cli.options;

import org.kerastwin.Problem;
import org.kerastwin.models.StartingPoint;
import picocli.CommandLine.Option;

/** The options for how often a run saves and measures. */
public final class SavingOptions {
  @Range(from = 1, to = 1_000_000)
  @Option(names = "--save-every", order = 36, paramLabel = "N", defaultValue = "10")
  int saveEvery;

  @Range(from = 1, to = 525_600)
  @Option(names = "--checkpoint-minutes", order = 36, paramLabel = "N", defaultValue = "10")
  int checkpointMinutes;

  @Range(from = 0, to = 1_000_000)
  @Option(names = "--evaluate-every", order = 36, paramLabel = "N", defaultValue = "0")
  int evaluateEvery;

  /** Rejects {@code --evaluate-every} for images that do not fit the classifier of digits. */
  public void requireEvaluable(StartingPoint start) {
    if (evaluateEvery > 0) {
      start.requireEvaluable(
          Problem.with("option", "--evaluate-every").advice("Leave the option out."));
    }
  }
}
