package org.kerastwin.layers;

import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The weights of one layer in one graph: read from variables, or placeholders of an export. */
@FunctionalInterface
public interface Weights {
  /** The weight of that name, as {@link WeightSpec#name()} gives it. */
  Operand<TFloat32> get(String name);
}
