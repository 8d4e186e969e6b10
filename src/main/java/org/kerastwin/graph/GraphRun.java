package org.kerastwin.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.kerastwin.io.NdArray;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One run of a session: its feeds, fetches and targets. Arrays are copied to native tensors when
 * the run starts; the run closes these.
 */
public final class GraphRun {
  private final Session.Runner runner;
  private final Map<String, Supplier<Tensor>> feeds = new LinkedHashMap<>();

  /** A run that nothing is fed to yet. */
  public GraphRun(Session.Runner runner) {
    this.runner = runner;
  }

  /** Feeds an array to an operand. */
  public GraphRun feed(Operand<?> operand, NdArray value) {
    return feed(name(operand), value);
  }

  /** Feeds an array to the first output of a node. */
  public GraphRun feed(String node, NdArray value) {
    feeds.put(node, () -> Tensors.of(value));
    return this;
  }

  /** Feeds row-major values to an operand whose shape is static. */
  public GraphRun feed(Operand<TFloat32> operand, float[] values) {
    feeds.put(name(operand), () -> Tensors.of(values, operand.shape()));
    return this;
  }

  /** Adds an operand to the values that {@link #run()} returns. */
  public GraphRun fetch(Operand<?> operand) {
    runner.fetch(name(operand));
    return this;
  }

  /** Adds an op that is run without returning a value. */
  public GraphRun addTarget(Op op) {
    return addTarget(op.op().name());
  }

  /** Adds a node that is run without returning a value. */
  public GraphRun addTarget(String node) {
    runner.addTarget(node);
    return this;
  }

  /** Runs. The values come in the order of the fetches; the caller closes them. */
  public Result run() {
    List<Tensor> fed = new ArrayList<>();
    try {
      feeds.forEach(
          (name, value) -> {
            Tensor tensor = value.get();
            fed.add(tensor);
            runner.feed(name, tensor);
          });
      return runner.run();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Names the operand, since the session may run a placed copy of the graph. */
  private static String name(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return output.op().name() + ":" + output.index();
  }
}
