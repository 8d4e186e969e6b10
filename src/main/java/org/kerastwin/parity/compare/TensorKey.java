package org.kerastwin.parity.compare;

import java.util.Optional;

/**
 * What a tensor of the comparison is called, {@code <stage>/<name>}: {@code
 * gradient/generator/conv2d/kernel}.
 *
 * @param stage its stage
 * @param name its name there: a layer, a weight's path, or another quantity
 */
public record TensorKey(Stage stage, String name) {
  /** The name of the output of a whole network. */
  public static final String OUTPUT = "output";

  /** The key of that form, if its stage is known. */
  public static Optional<TensorKey> of(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Stage.of(text.substring(0, slash))
            .map(stage -> new TensorKey(stage, text.substring(slash + 1)));
  }

  /**
   * Whether Keras in float64 judges the tensor: something is computed, and no input of a LeakyReLU
   * may by then lie on the other side of 0, which would be neither rounding nor an error.
   */
  public boolean isJudged() {
    return switch (stage) {
      case INITIAL, WEIGHTS, FILES, STATE, GRID -> false;
      case TRAJECTORY -> name.startsWith("1/");
      default -> true;
    };
  }

  @Override
  public String toString() {
    return stage.id() + "/" + name;
  }
}
