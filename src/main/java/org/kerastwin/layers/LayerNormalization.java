package org.kerastwin.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.math.RsqrtGrad;
import org.tensorflow.types.TFloat32;

/**
 * Layer normalization over the last axis (Ba et al., 2016): {@code y = x * inv + (beta - mean *
 * inv)} with {@code inv = gamma / sqrt(variance + epsilon)}, where mean and variance are those of
 * the last axis at one place of one sample, in training and inference. Keras: {@code
 * layers/normalization/layer_normalization.py}.
 *
 * @param epsilon added to the variance, positive
 * @param center whether the layer has a beta
 * @param scale whether the layer has a gamma
 */
public record LayerNormalization(double epsilon, boolean center, boolean scale) implements Layer {
  private static final String GAMMA = "gamma";
  private static final String BETA = "beta";
  private static final int[] LAST = {-1};

  /** Checks epsilon. */
  public LayerNormalization {
    if (!(epsilon > 0)) {
      throw new ArgumentException("a positive number", "epsilon", epsilon);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    long size = input.get(input.numDimensions() - 1);
    List<WeightSpec> weights = new ArrayList<>();
    if (scale) {
      weights.add(WeightSpec.trainable(GAMMA, Initializer.ONES, size));
    }
    if (center) {
      weights.add(WeightSpec.trainable(BETA, Initializer.ZEROS, size));
    }
    return weights;
  }

  /**
   * Intermediate results of the forward computation.
   *
   * @param x the input
   * @param mean of the last axis, with a size of 1 there
   * @param rsqrt {@code 1 / sqrt(variance + epsilon)}, of the same shape
   * @param inverse {@code rsqrt * gamma}
   */
  private record Forward(
      Operand<TFloat32> x,
      Operand<TFloat32> mean,
      Operand<TFloat32> rsqrt,
      Operand<TFloat32> inverse) {}

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    Operand<TFloat32> mean = tf.math.mean(x, tf.constant(LAST), Mean.keepDims(true));
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.squaredDifference(x, mean), tf.constant(LAST), Mean.keepDims(true));
    Operand<TFloat32> rsqrt = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    Operand<TFloat32> inverse = scale ? tf.math.mul(rsqrt, weights.get(GAMMA)) : rsqrt;
    Operand<TFloat32> offset = tf.math.mul(tf.math.neg(mean), inverse);
    Forward forward = new Forward(x, mean, rsqrt, inverse);
    return LayerResult.of(
        shifted(tf, tf.math.mul(x, inverse), offset, weights),
        (ops, dy) -> gradients(ops, dy, scale ? weights.get(GAMMA) : null, forward));
  }

  /** Grappler adds tensors of the same shape first. */
  private Operand<TFloat32> shifted(
      Ops tf, Operand<TFloat32> scaled, Operand<TFloat32> offset, Weights weights) {
    if (!center) {
      return tf.math.add(scaled, offset);
    }
    Operand<TFloat32> beta = weights.get(BETA);
    return scale
        ? tf.math.add(tf.math.add(scaled, offset), beta)
        : tf.math.add(scaled, tf.math.add(offset, beta));
  }

  /**
   * Keras's order of additions, which autodiff does not keep: grappler turns the division by the
   * size into a multiplication by its rounded reciprocal.
   */
  private LayerResult.Gradients gradients(
      Ops tf, Operand<TFloat32> dy, Operand<TFloat32> gamma, Forward forward) {
    Map<String, Operand<TFloat32>> weights = new HashMap<>();
    Operand<TFloat32> minusMean = tf.math.neg(forward.mean());
    Operand<TFloat32> dyOfRow = rowSum(tf, dy);
    Operand<TFloat32> ofX = tf.math.mul(dy, forward.x());
    Operand<TFloat32> dRsqrt;
    Operand<TFloat32> dMinusMean;
    if (scale) {
      Operand<TFloat32> dInverse = tf.math.add(ofX, tf.math.mul(dy, minusMean));
      weights.put(GAMMA, batchSum(tf, tf.math.mul(dInverse, forward.rsqrt())));
      dRsqrt = rowSum(tf, tf.math.mul(dInverse, gamma));
      dMinusMean = rowSum(tf, tf.math.mul(dy, forward.inverse()));
    } else {
      dRsqrt = tf.math.add(rowSum(tf, ofX), tf.math.mul(dyOfRow, minusMean));
      dMinusMean = tf.math.mul(dyOfRow, forward.inverse());
    }
    if (center) {
      weights.put(BETA, batchSum(tf, dy));
    }
    float perElement = 1f / forward.x().shape().get(forward.x().shape().numDimensions() - 1);
    Operand<TFloat32> dVariance = RsqrtGrad.create(tf.scope(), forward.rsqrt(), dRsqrt);
    Operand<TFloat32> fromVariance =
        tf.math.mul(
            tf.math.mul(dVariance, tf.constant(2 * perElement)),
            tf.math.sub(forward.x(), forward.mean()));
    Operand<TFloat32> fromMean = tf.math.mul(tf.math.neg(dMinusMean), tf.constant(perElement));
    Operand<TFloat32> dx =
        tf.math.add(tf.math.add(fromVariance, fromMean), tf.math.mul(dy, forward.inverse()));
    return new LayerResult.Gradients(dx, weights);
  }

  /** The sum over the last axis, which keeps a size of 1. */
  private static Operand<TFloat32> rowSum(Ops tf, Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(LAST), Sum.keepDims(true));
  }

  /** The sum over all axes but the last. */
  private static Operand<TFloat32> batchSum(Ops tf, Operand<TFloat32> x) {
    int[] axes = IntStream.range(0, x.shape().numDimensions() - 1).toArray();
    return tf.reduceSum(x, tf.constant(axes));
  }
}
