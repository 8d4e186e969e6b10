package org.kerastwin.layers;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Reorders the axes of a sample. Keras: {@code layers/reshaping/permute.py}.
 *
 * @param dims for each axis of the output that of the input, from 1
 */
public record Permute(List<Integer> dims) implements Layer {
  /** Checks that each axis occurs once. */
  public Permute {
    dims = List.copyOf(dims);
    if (!dims.stream().sorted().toList().equals(axes(dims.size()))) {
      throw new ArgumentException("each axis from 1 once", "dims", dims);
    }
  }

  private static List<Integer> axes(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.numDimensions() != dims.size()) {
      throw new ShapeException("%d dimensions".formatted(dims.size() + 1), input);
    }
    return Shape.of(dims.stream().mapToLong(axis -> input.get(axis - 1)).toArray());
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Ops tf = pass.tf();
    int[] order = IntStream.concat(IntStream.of(0), dims.stream().mapToInt(axis -> axis)).toArray();
    return LayerResult.of(tf.linalg.transpose(x, tf.constant(order)));
  }
}
