package org.kerastwin.parity.compare;

import org.kerastwin.model.Dcgan;
import org.kerastwin.weights.VariablePaths;

/** The {@link Tolerance} of each tensor, by its stage. */
public final class StageTolerances {
  private static final String FIRST_MOMENTS = "1/optimizer/";

  private StageTolerances() {}

  /** The tolerance of a tensor of a network. */
  public static Tolerance of(String network, TensorKey key) {
    return switch (key.stage()) {
      case SETTINGS, DRAWS, RESUME, STATE -> Tolerance.EXACT;
      case DATA -> key.name().endsWith("/scaled") ? Tolerance.GRAY : Tolerance.EXACT;
      case LOOP -> loop(key.name());
      case FILES -> isOutputOfKerasFile(key.name()) ? Tolerance.FORWARD : Tolerance.EXACT;
      case WEIGHTS, INITIAL -> Tolerance.WEIGHTS;
      case LAYER, INFERENCE, TRAINING, SAVEDMODEL -> forward(network, key.name());
      // The seed of a random layer counts its draws. References have no gradients that cancel.
      case EVERY_LAYER -> VariablePaths.isSeed(key.name()) ? Tolerance.EXACT : Tolerance.FORWARD;
      case LOSS -> Tolerance.LOSS;
      case GRADIENT -> gradient(key.name());
      case MOVING -> moving(key.name());
      case ADAM -> adam(key.name());
      case TRAJECTORY -> trajectory(key.name());
      case GRID -> Tolerance.GRAY;
    };
  }

  /** Other outputs are compared with our own, which have the same bits. */
  private static boolean isOutputOfKerasFile(String name) {
    return (name.startsWith("small.") && name.contains("/" + TensorKey.OUTPUT))
        || (name.startsWith("layers.") && name.contains("/outputs/"));
  }

  private static Tolerance loop(String name) {
    return switch (name) {
      case "losses", "means", "outputs" -> Tolerance.LOOP_LOSSES;
      case "samples" -> Tolerance.SAMPLES;
      case "picture" -> Tolerance.TRAINED_GRAY;
      case "files/samples" -> Tolerance.FORWARD;
      default -> Tolerance.EXACT;
    };
  }

  private static Tolerance forward(String network, String tensor) {
    boolean isProbability = tensor.equals("dense") || tensor.startsWith(TensorKey.OUTPUT);
    return network.equals(Dcgan.DISCRIMINATOR) && isProbability
        ? Tolerance.PROBABILITY
        : Tolerance.FORWARD;
  }

  private static Tolerance moving(String name) {
    if (name.contains("moving_mean")) {
      return Tolerance.MOVING_MEAN;
    }
    return name.endsWith(".from_zero") ? Tolerance.BATCH_VARIANCE : Tolerance.MOVING_VARIANCE;
  }

  private static Tolerance gradient(String path) {
    return path.startsWith(Dcgan.GENERATOR + "/")
        ? Tolerance.GENERATOR_GRADIENT
        : Tolerance.DISCRIMINATOR_GRADIENT;
  }

  private static Tolerance adam(String name) {
    return name.endsWith("/update") || name.endsWith("/average")
        ? Tolerance.ADAM
        : Tolerance.MOMENTS;
  }

  private static Tolerance custom(String name) {
    if (VariablePaths.isSeed(name)) {
      return Tolerance.EXACT;
    }
    return name.endsWith("/losses") ? Tolerance.STEP_LOSSES : Tolerance.FIRST_STEP;
  }

  private static Tolerance trajectory(String name) {
    if (name.startsWith("cumulative/")) {
      return Tolerance.PLAIN_MEANS;
    }
    if (name.startsWith("custom/")) {
      return custom(name);
    }
    boolean isFirst = name.startsWith("1/") || name.startsWith("chunks/");
    if (name.endsWith("/losses")) {
      return isFirst ? Tolerance.FIRST_LOSSES : Tolerance.STEP_LOSSES;
    }
    if (!isFirst) {
      return Tolerance.STEPS;
    }
    return name.startsWith(FIRST_MOMENTS)
        ? gradient(name.substring(FIRST_MOMENTS.length()))
        : Tolerance.FIRST_STEP;
  }
}
