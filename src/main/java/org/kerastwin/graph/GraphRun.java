package org.kerastwin.graph;

import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;

/**
 * One run of a {@link GraphSession}: what is fed, fetched and computed, named by its graph's ops.
 */
public final class GraphRun {
  private final Session.Runner runner;

  GraphRun(Session.Runner runner) {
    this.runner = runner;
  }

  /** Gives an operand a value, which the caller closes after the run. */
  public GraphRun feed(Operand<?> operand, Tensor value) {
    runner.feed(name(operand), value);
    return this;
  }

  /** Asks for an operand's value. */
  public GraphRun fetch(Operand<?> operand) {
    runner.fetch(name(operand));
    return this;
  }

  /** Has an op run. */
  public GraphRun addTarget(Op op) {
    runner.addTarget(op.op().name());
    return this;
  }

  /** Runs; the values come in the order of the fetches, and the caller closes them. */
  public Result run() {
    return runner.run();
  }

  /** The session may run a placed copy of the graph, in which ops have the same names. */
  private static String name(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return output.op().name() + ":" + output.index();
  }
}
