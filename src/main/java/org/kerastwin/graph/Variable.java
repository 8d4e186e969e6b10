package org.kerastwin.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of a graph. Its path is also its {@code shared_name}: without one, all
 * resource variables of a session would be the same.
 *
 * @param path unique in the graph, such as {@code generator/conv2d_1/kernel}
 * @param type the type of its elements
 * @param shape its static shape
 * @param handle the resource handle
 */
public record Variable<T extends TNumber>(
    String path, Class<T> type, Shape shape, Operand<? extends TType> handle) {
  /** Adds an op that reads the value when it runs. */
  public Operand<T> read(Ops tf) {
    return ReadVariableOp.create(tf.scope(), handle, type);
  }

  /** Adds an op that replaces the value. */
  public Op assign(Ops tf, Operand<T> value) {
    return AssignVariableOp.create(tf.scope(), handle, value);
  }
}
