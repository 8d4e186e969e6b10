package org.kerastwin.bench;

import java.util.Arrays;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.layers.Precision;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** The product of two square matrices in TensorFlow, as a measure of the machine's speed. */
final class MatrixProduct implements AutoCloseable {
  private final Graph graph = NativeRuntime.graph();
  private final int size;
  private final MatMul<?> product;
  private final GraphSession session;

  /**
   * Builds the graph of the product.
   *
   * @param size number of rows and columns
   * @param precision that of the training step it is compared with
   */
  MatrixProduct(int size, Device device, Precision precision) {
    this.size = size;
    try {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      this.product =
          precision == Precision.FLOAT32
              ? product(tf, variables, TFloat32.class)
              : product(tf, variables, TBfloat16.class);
      this.session =
          GraphSession.prepared(
              graph, variables, SessionOptions.exact(device), GraphSession::initialize);
    } catch (RuntimeException | Error failure) {
      graph.close();
      throw failure;
    }
  }

  private <T extends TNumber> MatMul<T> product(Ops tf, Variables variables, Class<T> type) {
    return tf.linalg.matMul(matrix(tf, variables, type, "a"), matrix(tf, variables, type, "b"));
  }

  private <T extends TNumber> Operand<T> matrix(
      Ops tf, Variables variables, Class<T> type, String name) {
    Shape shape = Shape.of(size, size);
    Operand<T> half = tf.dtypes.cast(tf.constant(0.5f), type);
    return variables.create(name, type, shape, tf.fill(tf.constant(shape), half)).read(tf);
  }

  /** GFLOP/s of the fastest of several products: the one that other load disturbed least. */
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
