package org.kerastwin.weights;

import java.util.List;

/**
 * The names of variables in graphs, checkpoints and {@code .npz} files: {@code
 * generator/conv2d_1/kernel} for a weight, which is also Keras's {@code variable.path}, and {@code
 * optimizer/generator/conv2d_1/kernel/momentum} for a slot of the optimizer.
 */
public final class VariablePaths {
  /** The name of a random layer's seed and counter. */
  private static final String SEED = "seed_generator_state";

  private static final String OPTIMIZER = "optimizer";

  /** The prefix of moving averages of weights. */
  public static final String AVERAGE_PREFIX = "average/";

  private VariablePaths() {}

  /** The path of a layer, {@code model/layer}. */
  public static String layer(String model, String layer) {
    return model + "/" + layer;
  }

  /** The path of a weight of a layer, given the path of the layer. */
  public static String weight(String layerPath, String weight) {
    return layerPath + "/" + weight;
  }

  /** The path of the seed of a random layer, int64 {@code [2]}, given the path of the layer. */
  public static String seed(String layerPath) {
    return weight(layerPath, SEED);
  }

  /** Whether a path names a seed, which Keras's files do not contain. */
  public static boolean isSeed(String path) {
    return name(path).equals(SEED);
  }

  /** The path of the number of updates of a model, an int64 scalar. */
  public static String iteration(String model) {
    return optimizerPrefix(model) + "iteration";
  }

  /** The path of the learning rate of a model's optimizer, a float32 scalar. */
  public static String learningRate(String model) {
    return optimizerPrefix(model) + "learning_rate";
  }

  /** The path of Adam's first moment, given the path of the weight. */
  public static String momentum(String weight) {
    return optimizerPrefix(weight) + "momentum";
  }

  /** The path of Adam's second moment, given the path of the weight. */
  public static String velocity(String weight) {
    return optimizerPrefix(weight) + "velocity";
  }

  /** The path of the moving average of a weight, given the path of the weight. */
  public static String average(String weight) {
    return AVERAGE_PREFIX + weight;
  }

  /** The prefix of a model's weights. */
  public static String prefix(String model) {
    return model + "/";
  }

  /** The prefix of a model's optimizer variables. */
  public static String optimizerPrefix(String model) {
    return OPTIMIZER + "/" + model + "/";
  }

  /** The parts of a path, from the model to the weight. */
  public static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  /** The last part of a path: the name of a weight or a slot. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
