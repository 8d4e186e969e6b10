package org.kerastwin.evaluation;

import java.util.function.DoubleUnaryOperator;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat64;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix, as TensorFlow computes them.
 *
 * @param values in ascending order
 * @param vectors {@code [n, n]}, row-major, an eigenvector a column
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
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    // An eager session owns all its tensors.
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      SelfAdjointEig<TFloat64> eig =
          tf.linalg.selfAdjointEig(
              tf.constant(Shape.of(n, n), DataBuffers.of(matrix, true, false)));
      eig.e().asTensor().copyTo(DataBuffers.of(values, false, false));
      eig.v().asTensor().copyTo(DataBuffers.of(vectors, false, false));
    }
    return new SymmetricEigen(values, vectors);
  }

  /** A function of the matrix: the same eigenvectors, the eigenvalues mapped. */
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
