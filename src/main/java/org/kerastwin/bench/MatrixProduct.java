package org.kerastwin.bench;

import java.util.Arrays;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variable;
import org.kerastwin.graph.Variables;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** The product of two square matrices in TensorFlow, as a measure of the speed of this machine. */
final class MatrixProduct implements AutoCloseable {
  private final Graph graph = NativeRuntime.graph();
  private final int size;
  private final MatMul<TFloat32> product;
  private final GraphSession session;

  /**
   * Builds the graph of the product.
   *
   * @param size number of rows and columns
   */
  MatrixProduct(int size, Device device) {
    this.size = size;
    try {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      this.product = tf.linalg.matMul(matrix(tf, variables, "a"), matrix(tf, variables, "b"));
      this.session =
          GraphSession.prepared(
              graph, variables, SessionOptions.exact(device), GraphSession::initialize);
    } catch (RuntimeException | Error failure) {
      graph.close();
      throw failure;
    }
  }

  private Operand<TFloat32> matrix(Ops tf, Variables variables, String name) {
    Shape shape = Shape.of(size, size);
    Variable<TFloat32> variable =
        variables.create(name, shape, tf.fill(tf.constant(shape), tf.constant(0.5f)));
    return variable.read(tf);
  }

  /** GFLOP/s of the fastest of several products, which other load disturbs least. */
  double gflopPerSecond(int products) {
    double[] seconds = new double[products];
    for (int i = 0; i < products; i++) {
      long begun = System.nanoTime();
      session.run().addTarget(product).run().close();
      seconds[i] = (System.nanoTime() - begun) / 1e9;
    }
    return 2.0 * size * size * size / 1e9 / Arrays.stream(seconds).min().orElseThrow();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
