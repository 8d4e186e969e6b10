package org.kerastwin.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The seeds of a random layer, a seed and a counter, as Keras's {@code SeedGenerator} keeps them.
 * Each application in training takes one and counts. Keras: {@code random/seed_generator.py}.
 */
final class RandomSeed {
  private static final WeightSpec STATE = WeightSpec.seed("seed_generator_state");

  private final Ops tf;
  private final Operand<TInt64> state;

  RandomSeed(Pass pass) {
    this.tf = pass.tf();
    this.state = pass.seeds().state(STATE.name());
  }

  /** The layer's one weight. */
  static List<WeightSpec> weights() {
    return List.of(STATE);
  }

  /** The seed of TensorFlow's stateless ops, {@code [2]}. */
  Operand<TInt32> seed() {
    return tf.dtypes.cast(
        tf.math.floorMod(state, tf.constant(Integer.MAX_VALUE - 1L)), TInt32.class);
  }

  /** The output with the counted seed. */
  LayerResult result(Operand<TFloat32> output, LayerResult.Backward backward) {
    Map<String, Operand<? extends TNumber>> next =
        Map.of(STATE.name(), tf.math.add(state, tf.constant(new long[] {0, 1})));
    return new LayerResult(output, output, Optional.of(backward), next);
  }
}
