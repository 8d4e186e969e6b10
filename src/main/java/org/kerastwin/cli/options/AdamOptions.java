package org.kerastwin.cli.options;

import java.util.EnumMap;
import java.util.Map;
import org.kerastwin.keras.AdamSettings;
import picocli.CommandLine.Option;

/** The options of both Adam optimizers. */
public final class AdamOptions {
  @Range(from = Range.ABOVE_ZERO, to = Float.MAX_VALUE, words = "a float32 number greater than 0")
  @Option(names = "--learning-rate", order = 31, paramLabel = "X")
  private Double learningRate;

  @Range(from = 0, to = Range.BELOW_ONE, words = "a number from 0 to less than 1")
  @Option(names = "--beta-1", order = 32, paramLabel = "X")
  private Double beta1;

  /** The arguments that the user gave. */
  public Map<AdamSettings.Argument, Double> given() {
    Map<AdamSettings.Argument, Double> given = new EnumMap<>(AdamSettings.Argument.class);
    if (learningRate != null) {
      given.put(AdamSettings.Argument.LEARNING_RATE, learningRate);
    }
    if (beta1 != null) {
      given.put(AdamSettings.Argument.BETA_1, beta1);
    }
    return given;
  }
}
