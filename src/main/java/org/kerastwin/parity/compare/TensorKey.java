package org.kerastwin.parity.compare;

import java.util.Optional;

/**
 * The key of a compared tensor, {@code <stage>/<name>}, such as {@code
 * gradient/generator/conv2d/kernel}.
 *
 * @param stage its stage
 * @param name its name within the stage: a layer, the path of a weight, or another quantity
 */
public record TensorKey(Stage stage, String name) {
  /** The text of a history, one element per byte. */
  public static final TensorKey HISTORY = new TensorKey(Stage.LOOP, "history");

  /** The text of a history of numbers that are easily written wrong. */
  public static final TensorKey DIGITS = new TensorKey(Stage.LOOP, "history_digits");

  /** The name of a network's output. */
  public static final String OUTPUT = "output";

  /** Parses a key; empty if its stage is unknown. */
  public static Optional<TensorKey> of(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Stage.of(text.substring(0, slash))
            .map(stage -> new TensorKey(stage, text.substring(slash + 1)));
  }

  /**
   * Whether the reference also holds the float64 result. It does where something is computed. After
   * the first GAN step it does not: by then the input of a LeakyReLU may have crossed 0 in float32
   * only, which is neither rounding nor an error.
   */
  public boolean hasFloat64() {
    return switch (stage) {
      case SETTINGS, DATA, DRAWS, LOOP, RESUME, INITIAL, WEIGHTS, EVERY_LAYER, FILES, STATE, GRID ->
          false;
      case LAYER, INFERENCE, TRAINING, LOSS, GRADIENT, MOVING, ADAM, SAVEDMODEL -> true;
      case TRAJECTORY -> name.startsWith("1/");
    };
  }

  @Override
  public String toString() {
    return stage.id() + "/" + name;
  }
}
