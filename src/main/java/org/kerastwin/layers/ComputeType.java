package org.kerastwin.layers;

import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The type in which a layer computes, Keras's {@code compute_dtype}. Layers exchange float32
 * tensors. A layer with another compute type casts its result to float32, and the next layer of
 * that type reads the tensor before the cast. Unused casts never run.
 *
 * @param type float32 or bfloat16
 */
public record ComputeType<T extends TFloating>(Class<T> type) {
  /** The type in which a tensor was computed before it was cast to float32. */
  public static ComputeType<?> of(Operand<TFloat32> x) {
    return beforeCast(x).type() == TBfloat16.class
        ? Precision.MIXED_BFLOAT16.computeType()
        : Precision.FLOAT32.computeType();
  }

  /** A tensor in this type; adds no op if there is one already. */
  public Operand<T> cast(Ops tf, Operand<TFloat32> x) {
    if (x.type() == type) {
      return x.asOutput().expect(type);
    }
    Operand<?> original = beforeCast(x);
    return original.type() == type ? original.asOutput().expect(type) : tf.dtypes.cast(x, type);
  }

  /** A tensor in float32; adds no op if it is float32 already. */
  public static Operand<TFloat32> float32(Ops tf, Operand<? extends TType> x) {
    return x.type() == TFloat32.class
        ? x.asOutput().expect(TFloat32.class)
        : tf.dtypes.cast(x, TFloat32.class);
  }

  private static Operand<?> beforeCast(Operand<TFloat32> x) {
    return x.op().type().equals("Cast") ? ((GraphOperation) x.op()).input(0) : x;
  }
}
