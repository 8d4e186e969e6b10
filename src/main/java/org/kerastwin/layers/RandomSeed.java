package org.kerastwin.layers;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The seed of a random layer and the number of draws so far, as in Keras's {@code SeedGenerator}.
 * Keras: {@code random/seed_generator.py}.
 */
final class RandomSeed {
  private final Ops tf;
  private final Operand<TInt64> state;

  RandomSeed(Pass pass) {
    this.tf = pass.tf();
    this.state = pass.seed();
  }

  /** The seed of TensorFlow's stateless ops, {@code [2]}. */
  Operand<TInt32> value() {
    return tf.dtypes.cast(
        tf.math.floorMod(state, tf.constant(Integer.MAX_VALUE - 1L)), TInt32.class);
  }

  /** The result of the application, which counts one draw. */
  LayerResult result(Operand<TFloat32> output, LayerResult.Backward backward) {
    Operand<TInt64> next = tf.math.add(state, tf.constant(new long[] {0, 1}));
    return new LayerResult(output, output, Optional.of(backward), Map.of(), Optional.of(next));
  }
}
