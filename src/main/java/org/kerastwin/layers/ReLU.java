package org.kerastwin.layers;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * {@code min(x, maxValue)} where x is above the threshold, {@code negativeSlope * (x - threshold)}
 * elsewhere; with the defaults {@code max(x, 0)}. Keras: {@code layers/activations/relu.py}.
 *
 * @param negativeSlope the slope for small x, at least 0
 * @param maxValue the largest output, at least 0; empty for no limit
 * @param threshold at least 0
 */
public record ReLU(double negativeSlope, OptionalDouble maxValue, double threshold)
    implements Layer {
  /** The limit for which Keras uses an op of its own. */
  private static final double RELU6 = 6;

  /** Checks the numbers. */
  public ReLU {
    requireNotNegative("negativeSlope", negativeSlope);
    requireNotNegative("maxValue", maxValue.orElse(0));
    requireNotNegative("threshold", threshold);
  }

  /** Keras's defaults. */
  public ReLU() {
    this(0, OptionalDouble.empty(), 0);
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new ArgumentException("a number of at least 0", name, value);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    if (equals(new ReLU())) {
      return LayerResult.of(
          ComputeType.float32(tf, tf.nn.relu(pass.precision().computeType().cast(tf, x))));
    }
    float slope = (float) negativeSlope;
    if (slope != 0 && maxValue.isEmpty() && threshold == 0) {
      return LayerResult.of(tf.nn.leakyRelu(x, LeakyRelu.alpha(slope)));
    }
    Operand<TFloat32> positive = positivePart(tf, x);
    if (slope == 0) {
      return LayerResult.of(positive);
    }
    Operand<TFloat32> negated = tf.math.neg(x);
    Operand<TFloat32> negative =
        tf.nn.relu(threshold == 0 ? negated : tf.math.add(negated, tf.constant((float) threshold)));
    return LayerResult.of(tf.math.sub(positive, tf.math.mul(tf.constant(slope), negative)));
  }

  private Operand<TFloat32> positivePart(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> zero = tf.constant(0f);
    if (threshold == 0 && maxValue.equals(OptionalDouble.of(RELU6))) {
      return tf.nn.relu6(x);
    }
    Operand<TFloat32> limit = tf.constant((float) threshold);
    Operand<TFloat32> y =
        threshold == 0 ? tf.nn.relu(x) : tf.select(tf.math.greater(x, limit), x, zero);
    return maxValue.isEmpty()
        ? y
        : tf.math.maximum(tf.math.minimum(y, tf.constant((float) maxValue.getAsDouble())), zero);
  }
}
