package org.kerastwin.savedmodel;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A float32 input or output: the name that callers use, its tensor in the graph, and its shape.
 *
 * @param name name in the signature, such as {@code noise}; lower-case letters, digits and
 *     underscores, because TensorFlow uses it as the name of a function's argument
 * @param tensor tensor in the graph, as {@code node} or {@code node:index}
 * @param shape sizes of the dimensions, -1 for any size, such as {@code [-1, 100]}
 */
public record TensorSpec(String name, String tensor, List<Long> shape) {
  private static final Pattern ARGUMENT_NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /** Keeps a copy of the shape. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** The node of the tensor. */
  String node() {
    int colon = tensor.indexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }

  /** The index of the tensor among the node's outputs. */
  int index() {
    int colon = tensor.indexOf(':');
    return colon < 0 ? 0 : Integer.parseInt(tensor.substring(colon + 1));
  }

  /** The same input or output with a tensor of another graph. */
  TensorSpec from(String otherTensor) {
    return new TensorSpec(name, otherTensor, shape);
  }

  /** Whether a shape has this rank and these sizes; -1 accepts any size. */
  boolean accepts(List<Long> other) {
    return other.size() == shape.size()
        && IntStream.range(0, shape.size())
            .allMatch(i -> shape.get(i) < 0 || shape.get(i).equals(other.get(i)));
  }

  TensorShapeProto shapeProto() {
    return shapeProto(shape);
  }

  static TensorShapeProto shapeProto(List<? extends Number> shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    shape.forEach(size -> proto.addDimBuilder().setSize(size.longValue()));
    return proto.build();
  }

  /** Whether TensorFlow accepts the name for an argument; models from files may have others. */
  boolean hasArgumentName() {
    return ARGUMENT_NAME.matcher(name).matches();
  }
}
