package org.kerastwin.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A graph without variables that runs once with fed arrays. Close it. */
public final class OneRun implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Map<Operand<?>, NdArray> feeds = new LinkedHashMap<>();

  /** The ops of the graph. */
  public final Ops tf = Ops.create(graph);

  /** A placeholder that is fed with the array. */
  public Operand<TFloat32> feed(NdArray array) {
    Operand<TFloat32> placeholder =
        tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(array.shape())));
    feeds.put(placeholder, array);
    // A session can't fetch a fed tensor.
    return tf.identity(placeholder);
  }

  /** The values of operands, in a single run of a session. */
  public List<NdArray> fetch(List<? extends Operand<?>> operands) {
    List<Tensor> fed = new ArrayList<>();
    try (Session session = new Session(graph)) {
      Session.Runner runner = session.runner();
      feeds.forEach(
          (placeholder, array) -> {
            Tensor tensor = Tensors.of(array);
            fed.add(tensor);
            runner.feed(placeholder, tensor);
          });
      operands.forEach(runner::fetch);
      List<NdArray> values = new ArrayList<>();
      try (Result result = runner.run()) {
        result.forEach(entry -> values.add(Tensors.toNdArray(entry.getValue())));
      }
      return values;
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** The value of one operand. */
  public NdArray fetch(Operand<?> operand) {
    return fetch(List.of(operand)).get(0);
  }

  /** The types of all ops in the graph. */
  public List<String> opTypes() {
    List<String> types = new ArrayList<>();
    graph.operations().forEachRemaining(operation -> types.add(operation.type()));
    return types;
  }

  @Override
  public void close() {
    graph.close();
  }
}
