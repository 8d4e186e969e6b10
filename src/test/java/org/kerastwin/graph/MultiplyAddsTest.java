package org.kerastwin.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

class MultiplyAddsTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  private Operand<TFloat32> input(long... shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
  }

  @Test
  void countsConvolutionsAndTheirGradients() {
    Operand<TFloat32> x = input(2, 6, 6, 3);
    Operand<TFloat32> kernel = input(5, 5, 3, 4);
    Conv2d<TFloat32> y = tf.nn.conv2d(x, kernel, List.of(1L, 2L, 2L, 1L), "SAME");
    // 2 images of 3 × 3 positions, 5 × 5 taps from 3 channels to 4
    long forward = 2 * 9 * 25 * 12;
    assertEquals(forward, MultiplyAdds.of(graph, List.of(y)));
    Output<?>[] gradients =
        graph.addGradients(y.asOutput(), new Output<?>[] {x.asOutput(), kernel.asOutput()});
    Op byBoth =
        tf.withControlDependencies(List.of(tf.identity(gradients[0]), tf.identity(gradients[1])))
            .noOp();
    // Their upstream gradient is a tensor of ones with the shape of the result.
    assertEquals(3 * forward, MultiplyAdds.of(graph, List.of(byBoth)));
  }

  @Test
  void countsUnknownBatchesAsOneSample() {
    Op y = tf.linalg.matMul(input(Shape.UNKNOWN_SIZE, 7), input(7, 5));
    assertEquals(7 * 5, MultiplyAdds.of(graph, List.of(y)));
  }
}
