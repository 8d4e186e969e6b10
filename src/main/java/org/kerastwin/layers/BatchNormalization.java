package org.kerastwin.layers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Batch normalization of the last axis of {@code [batch, height, width, channels]} or {@code
 * [batch, units]} (Ioffe and Szegedy, 2015): {@code y = x * inv + (beta - mean * inv)} with {@code
 * inv = gamma / sqrt(variance + epsilon)}. Training uses the mean and the population variance of
 * the batch, inference the moving ones. Keras: {@code layers/normalization/batch_normalization.py}.
 *
 * @param momentum of the moving statistics, in [0, 1]
 * @param epsilon added to the variance, positive
 * @param center whether the layer has a beta; without one, it adds 0
 * @param scale whether the layer has a gamma; without one, it multiplies by 1
 */
public record BatchNormalization(double momentum, double epsilon, boolean center, boolean scale)
    implements Layer {
  /** The name of the weight that {@code scale} adds. */
  public static final String GAMMA = "gamma";

  /** The name of the weight that {@code center} adds. */
  public static final String BETA = "beta";

  /** Checks the numbers. */
  public BatchNormalization {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new ArgumentException("a factor from 0 to 1", "momentum", momentum);
    }
    if (!(epsilon > 0)) {
      throw new ArgumentException("a positive number", "epsilon", epsilon);
    }
  }

  /** With gamma and beta. */
  public BatchNormalization(double momentum, double epsilon) {
    this(momentum, epsilon, true, true);
  }

  /** With Keras's defaults: momentum 0.99, epsilon 0.001, gamma and beta. */
  public BatchNormalization() {
    this(0.99, 1e-3);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImageOrVector(input);
    return input;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    long channels = input.get(input.numDimensions() - 1);
    return Stream.of(
            WeightSpec.trainable(GAMMA, Initializer.ONES, channels),
            WeightSpec.trainable(BETA, Initializer.ZEROS, channels),
            WeightSpec.state("moving_mean", Initializer.ZEROS, channels),
            WeightSpec.state("moving_variance", Initializer.ONES, channels))
        .filter(weight -> has(weight.name()))
        .toList();
  }

  private boolean has(String weight) {
    return switch (weight) {
      case GAMMA -> scale;
      case BETA -> center;
      default -> true;
    };
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return applyComplete(pass, complete(pass.tf(), weights, x), x);
  }

  /** The weights, with constants for those that the layer lacks. */
  private Weights complete(Ops tf, Weights weights, Operand<TFloat32> x) {
    float[] ones = new float[(int) x.shape().get(x.shape().numDimensions() - 1)];
    Arrays.fill(ones, 1);
    return name -> {
      if (has(name)) {
        return weights.get(name);
      }
      return tf.constant(name.equals(GAMMA) ? ones : new float[ones.length]);
    };
  }

  private LayerResult applyComplete(Pass pass, Weights weights, Operand<TFloat32> x) {
    boolean fast = pass.form() == Pass.Form.FAST && x.shape().numDimensions() == 4;
    if (pass.takesBatchStatistics()) {
      return fast ? trainFast(pass, weights, x) : train(pass, weights, x);
    }
    return LayerResult.of(
        fast && !pass.isTraining()
            ? inferFast(pass.tf(), weights, x)
            : new Normalization(pass.tf(), weights, epsilon)
                .normalize(x, weights.get("moving_mean"), weights.get("moving_variance"))
                .output());
  }

  /** Uses one op, which reads and writes the image once. */
  private Operand<TFloat32> inferFast(Ops tf, Weights weights, Operand<TFloat32> x) {
    return tf.nn
        .fusedBatchNorm(
            x,
            weights.get(GAMMA),
            weights.get(BETA),
            weights.get("moving_mean"),
            weights.get("moving_variance"),
            FusedBatchNorm.epsilon((float) epsilon),
            FusedBatchNorm.isTraining(false))
        .y();
  }

  private LayerResult train(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    int[] places = Normalization.axes(x);
    Operand<TInt32> axes = tf.constant(places);
    Operand<TFloat32> mean = tf.math.mean(x, axes, Mean.keepDims(true));
    Operand<TFloat32> variance = tf.math.mean(tf.math.squaredDifference(x, mean), axes);
    Operand<TFloat32> channelMean =
        tf.squeeze(mean, Squeeze.axis(Arrays.stream(places).mapToObj(Long::valueOf).toList()));
    Normalization.Result result =
        new Normalization(tf, weights, epsilon).normalize(x, channelMean, variance);
    return new LayerResult(
        result.output(),
        result.output(),
        Optional.of((ops, dy) -> ofOwnWeights(result.gradients(ops, dy, x, weights.get(GAMMA)))),
        stateUpdates(pass, weights, channelMean, variance));
  }

  private LayerResult.Gradients ofOwnWeights(LayerResult.Gradients gradients) {
    Map<String, Operand<TFloat32>> weights = new HashMap<>(gradients.weights());
    weights.keySet().removeIf(weight -> !has(weight));
    return new LayerResult.Gradients(gradients.input(), weights);
  }

  /** Uses one op forward and one backward, which read the image fewer times. */
  private LayerResult trainFast(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> fused =
        tf.nn.fusedBatchNorm(
            x,
            weights.get(GAMMA),
            weights.get(BETA),
            none,
            none,
            FusedBatchNorm.epsilon((float) epsilon),
            FusedBatchNorm.isTraining(true));
    // The op gives the sample variance, divided by N - 1 instead of N.
    float n = Normalization.elements(x);
    Operand<TFloat32> variance =
        n == 1
            ? fused.batchVariance()
            : tf.math.mul(fused.batchVariance(), tf.constant((n - 1) / n));
    return new LayerResult(
        fused.y(),
        fused.y(),
        Optional.empty(),
        stateUpdates(pass, weights, fused.batchMean(), variance));
  }

  private Map<String, Operand<TFloat32>> stateUpdates(
      Pass pass, Weights weights, Operand<TFloat32> mean, Operand<TFloat32> variance) {
    MovingAverage average = pass.movingAverage();
    Ops tf = pass.tf();
    return Map.of(
        "moving_mean",
        average.next(tf, weights.get("moving_mean"), mean, momentum),
        "moving_variance",
        average.next(tf, weights.get("moving_variance"), variance, momentum));
  }
}
