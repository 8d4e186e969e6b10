package org.kerastwin.cli.options;

import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import picocli.CommandLine.Option;

/** The options for how often a run saves and measures. */
public final class SavingOptions {
  @Range(from = 1, to = 1_000_000)
  @Option(
      names = "--save-every",
      order = 36,
      paramLabel = "N",
      defaultValue = "10",
      description = "Save the generator every N epochs (default: ${DEFAULT-VALUE} epochs).")
  private int saveEvery;

  @Range(from = 1, to = 525_600)
  @Option(
      names = "--checkpoint-minutes",
      order = 36,
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Also save a checkpoint every N minutes within an epoch (default: ${DEFAULT-VALUE}"
              + " minutes).")
  private int checkpointMinutes;

  @Range(from = 0, to = 1_000_000)
  @Option(
      names = "--evaluate-every",
      order = 36,
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Measure as 'evaluate' does every N epochs, and add the figures to quality.csv (default:"
              + " ${DEFAULT-VALUE}, never).")
  private int evaluateEvery;

  /**
   * Rejects {@code --evaluate-every} for images that do not fit the classifier of digits.
   *
   * @param images the shape of the generator's images
   */
  public void requireNoEvaluation(Object images) {
    if (evaluateEvery > 0) {
      throw new UsageException(
          Problem.with("option", "--evaluate-every")
              .expected("a generator of 28×28 gray images")
              .received("one of " + images)
              .advice("Leave the option out."));
    }
  }

  /** Epochs from one saved generator to the next. */
  int saveEvery() {
    return saveEvery;
  }

  /** Minutes from one checkpoint to the next within an epoch. */
  int checkpointMinutes() {
    return checkpointMinutes;
  }

  /** Epochs from one evaluation to the next; 0 for none. */
  int evaluateEvery() {
    return evaluateEvery;
  }
}
