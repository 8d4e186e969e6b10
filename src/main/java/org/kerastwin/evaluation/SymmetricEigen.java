package org.kerastwin.evaluation;

import java.util.function.DoubleUnaryOperator;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Tensors;
import org.kerastwin.graph.Variables;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat64;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix, as TensorFlow computes them.
 *
 * @param values in ascending order
 * @param vectors {@code [n, n]}, row-major, one eigenvector per column
 */
@SuppressWarnings("ArrayRecordComponent")
record SymmetricEigen(double[] values, double[] vectors) {
  /**
   * Decomposes a matrix.
   *
   * @param matrix {@code [n, n]}, row-major
   */
  static SymmetricEigen of(double[] matrix) {
    int n = (int) Math.round(Math.sqrt(matrix.length));
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      SelfAdjointEig<TFloat64> eig =
          tf.linalg.selfAdjointEig(
              tf.constant(Shape.of(n, n), DataBuffers.of(matrix, true, false)));
      SessionOptions options = new SessionOptions(Device.CPU, false);
      try (GraphSession session = new GraphSession(graph, new Variables(tf), options);
          Result result = session.run().fetch(eig.e()).fetch(eig.v()).run()) {
        return new SymmetricEigen(doubles(result.get(0)), doubles(result.get(1)));
      }
    }
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.size())];
    Tensors.toNdArray(tensor).data().asDoubleBuffer().get(values);
    return values;
  }

  /** The matrix with the same eigenvectors and mapped eigenvalues. */
  double[] map(DoubleUnaryOperator function) {
    int n = values.length;
    double[] result = new double[n * n];
    for (int k = 0; k < n; k++) {
      double value = function.applyAsDouble(values[k]);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          result[i * n + j] += vectors[i * n + k] * value * vectors[j * n + k];
        }
      }
    }
    return result;
  }
}
