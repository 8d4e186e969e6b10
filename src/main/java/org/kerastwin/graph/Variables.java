package org.kerastwin.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.weights.TensorType;
import org.kerastwin.weights.WeightTypes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The variables of one graph by path, in the order of their creation. The ops that initialize and
 * restore a variable are made with it, so nothing is added to a graph in use.
 */
public final class Variables {
  private final Ops tf;
  private final Map<String, Variable<?>> byPath = new LinkedHashMap<>();
  private final List<Op> initializers = new ArrayList<>();
  private final Map<String, Restore> restores = new LinkedHashMap<>();

  /** A placeholder for a variable's value and the op that assigns it. */
  record Restore(Operand<?> value, Op assign) {}

  /** Adds variables to the graph of these ops. */
  public Variables(Ops tf) {
    this.tf = tf;
  }

  /**
   * Adds a float32 variable.
   *
   * @param path its unique path
   * @param shape its shape
   * @param initialValue the value that {@link GraphSession#initialize()} gives it
   */
  public Variable<TFloat32> create(String path, Shape shape, Operand<TFloat32> initialValue) {
    return create(path, TFloat32.class, shape, initialValue);
  }

  /**
   * Adds a variable of any numeric type.
   *
   * @throws IllegalArgumentException if the path is taken
   */
  public <T extends TNumber> Variable<T> create(
      String path, Class<T> type, Shape shape, Operand<T> initialValue) {
    if (byPath.containsKey(path)) {
      throw new IllegalArgumentException("a variable '" + path + "' exists already");
    }
    Ops named = tf.withName(path.replace('/', '.'));
    Variable<T> variable =
        new Variable<>(
            path,
            type,
            shape,
            VarHandleOp.create(named.scope(), type, shape, VarHandleOp.sharedName(path)));
    byPath.put(path, variable);
    initializers.add(variable.assign(tf, initialValue));
    Placeholder<T> value = tf.placeholder(type, Placeholder.shape(shape));
    restores.put(path, new Restore(value, variable.assign(tf, value)));
    return variable;
  }

  /** Adds a float32 variable of zeros with the shape of another variable. */
  public Variable<TFloat32> createZeros(String path, String like) {
    Shape shape = get(like).shape();
    return create(path, shape, tf.fill(tf.constant(shape), tf.constant(0f)));
  }

  /**
   * The variable of that path.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Variable<?> get(String path) {
    Variable<?> variable = byPath.get(path);
    if (variable == null) {
      throw new IllegalArgumentException("no variable has the path '" + path + "'");
    }
    return variable;
  }

  /** The variable of that path and type. */
  public <T extends TNumber> Variable<T> get(String path, Class<T> type) {
    Variable<?> variable = get(path);
    if (variable.type() != type) {
      throw new IllegalArgumentException("the variable '" + path + "' has another type");
    }
    return new Variable<>(path, type, variable.shape(), variable.handle());
  }

  /** The float32 variable of that path. */
  public Variable<TFloat32> getFloat(String path) {
    return get(path, TFloat32.class);
  }

  /** Adds an op that replaces the value of the variable of that path. */
  public Op assign(Ops tf, String path, Operand<? extends TNumber> value) {
    return AssignVariableOp.create(tf.scope(), get(path).handle(), value);
  }

  /** All variables, in the order of their creation. */
  public Collection<Variable<?>> all() {
    return Collections.unmodifiableCollection(byPath.values());
  }

  /** The types and shapes of all variables, which a file of weights must have. */
  public WeightTypes types() {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (Variable<?> variable : all()) {
      types.put(
          variable.path(),
          new TensorType(Tensors.dtype(variable.type()), Tensors.dimensions(variable.shape())));
    }
    return new WeightTypes(types);
  }

  List<Op> initializers() {
    return Collections.unmodifiableList(initializers);
  }

  Restore restore(String path) {
    get(path);
    return restores.get(path);
  }
}
