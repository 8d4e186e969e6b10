package org.kerastwin.parity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LayerResult;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Wrong applications of a layer, each a {@link FaultyLayer.Fault}. */
final class LayerFaults {
  private LayerFaults() {}

  static LayerResult notFlipped(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    return layer.apply(
        pass,
        changed(weights, "kernel", kernel -> tf.reverse(kernel, tf.constant(new int[] {0, 1}))),
        x);
  }

  static LayerResult biasDropped(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    return layer.apply(
        pass, changed(weights, "bias", bias -> tf.math.mul(bias, tf.constant(0f))), x);
  }

  private static Weights changed(
      Weights weights, String name, UnaryOperator<Operand<TFloat32>> change) {
    return wanted -> wanted.equals(name) ? change.apply(weights.get(wanted)) : weights.get(wanted);
  }

  /** Pads one more row and column of zeros before the image, and one less after it. */
  static LayerResult paddedByOneMore(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    int[][] margins = {{0, 0}, {1, 0}, {1, 0}, {0, 0}};
    int[] size = {-1, (int) x.shape().get(1), (int) x.shape().get(2), (int) x.shape().get(3)};
    Operand<TFloat32> padded = tf.pad(x, tf.constant(margins), tf.constant(0f));
    return layer.apply(
        pass, weights, tf.slice(padded, tf.constant(new int[size.length]), tf.constant(size)));
  }

  static LayerResult batchStatistics(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    return layer.apply(
        Pass.training(pass.tf(), pass.form(), pass.movingAverage()).with(pass.precision()),
        weights,
        x);
  }

  /** Divides the variance by N - 1 instead of N. */
  static LayerResult bessel(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    LayerResult applied = layer.apply(pass, weights, x);
    if (!pass.isTraining()) {
      return applied;
    }
    Ops tf = pass.tf();
    float n = x.shape().take(3).size();
    Operand<TFloat32> kept = tf.math.mul(weights.get("moving_variance"), tf.constant(0.99f));
    Operand<TFloat32> added = tf.math.sub(applied.stateUpdates().get("moving_variance"), kept);
    Map<String, Operand<TFloat32>> state = new LinkedHashMap<>(applied.stateUpdates());
    state.put("moving_variance", tf.math.add(kept, tf.math.mul(added, tf.constant(n / (n - 1)))));
    return new LayerResult(applied.output(), applied.preActivation(), applied.backward(), state);
  }

  /** Treats mean and variance of the batch as constants in the gradient. */
  static LayerResult constants(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    Operand<TInt32> axes = tf.constant(new int[] {0, 1, 2});
    Operand<TFloat32> mean = tf.math.mean(x, axes, Mean.keepDims(true));
    Operand<TFloat32> variance = tf.math.mean(tf.math.squaredDifference(x, mean), axes);
    Operand<TFloat32> rsqrt = tf.math.rsqrt(tf.math.add(variance, tf.constant(1e-3f)));
    Operand<TFloat32> slope = tf.math.mul(weights.get("gamma"), rsqrt);
    LayerResult applied = layer.apply(pass, weights, x);
    return new LayerResult(
        applied.output(),
        applied.preActivation(),
        applied.backward().map(right -> withInput(right, slope)),
        applied.stateUpdates());
  }

  private static LayerResult.Backward withInput(
      LayerResult.Backward right, Operand<TFloat32> slope) {
    return (tf, dy) ->
        new LayerResult.Gradients(tf.math.mul(dy, slope), right.gradients(tf, dy).weights());
  }
}
