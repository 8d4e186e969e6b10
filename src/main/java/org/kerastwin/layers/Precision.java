package org.kerastwin.layers;

import java.util.Locale;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * The precision of a model's arithmetic: Keras's dtype policies, {@code
 * keras.mixed_precision.DTypePolicy}. Weights, batch statistics, losses and gradients of weights
 * are float32 in all of them, and so is a model's last layer.
 */
public enum Precision {
  /** Everything in float32. */
  FLOAT32(new ComputeType<>(TFloat32.class)),
  /**
   * Matrix products, convolutions, biases and rectifiers in bfloat16: float32 with 8 bits of
   * mantissa in place of 24. Processors with matrix instructions for it compute them several times
   * as fast.
   */
  MIXED_BFLOAT16(new ComputeType<>(TBfloat16.class));

  @SuppressWarnings("ImmutableEnumChecker") // Its fields are final too.
  private final ComputeType<?> computeType;

  Precision(ComputeType<?> computeType) {
    this.computeType = computeType;
  }

  /** The type in which layers compute. */
  ComputeType<?> computeType() {
    return computeType;
  }

  /**
   * Whether a form supports this precision: the exact form reproduces Keras's bits only in float32.
   */
  public boolean goesWith(Pass.Form form) {
    return this == FLOAT32 || form == Pass.Form.FAST;
  }

  /** Keras's name of the policy, also on the command line and in settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
