package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Builds a node of a graph. Attributes that equal their default should be left out. */
final class Node {
  private final NodeDef.Builder node = NodeDef.newBuilder();

  Node(String op, String name) {
    node.setOp(op).setName(name);
  }

  /**
   * A constant of strings, written as {@code string_val}: readers outside TensorFlow do not know
   * the packed form that the runtime uses.
   */
  static NodeDef strings(String name, TensorShapeProto shape, List<ByteString> values) {
    return new Node("Const", name)
        .type("dtype", DataType.DT_STRING)
        .attr(
            "value",
            AttrValue.newBuilder()
                .setTensor(
                    TensorProto.newBuilder()
                        .setDtype(DataType.DT_STRING)
                        .setTensorShape(shape)
                        .addAllStringVal(values)))
        .build();
  }

  /** A constant of floats. */
  static NodeDef floats(String name, NdArray values) {
    return new Node("Const", name)
        .type("dtype", DataType.DT_FLOAT)
        .attr(
            "value",
            AttrValue.newBuilder()
                .setTensor(
                    TensorProto.newBuilder()
                        .setDtype(DataType.DT_FLOAT)
                        .setTensorShape(TensorSpec.shapeProto(values.shape()))
                        .setTensorContent(ByteString.copyFrom(values.data()))))
        .build();
  }

  /** The values of a constant of floats as {@link #floats(String, NdArray)} writes it. */
  static Optional<NdArray> floats(NodeDef node) {
    TensorProto tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
    List<Integer> shape =
        tensor.getTensorShape().getDimList().stream()
            .map(dimension -> (int) dimension.getSize())
            .toList();
    boolean packed =
        node.getOp().equals("Const")
            && tensor.getDtype() == DataType.DT_FLOAT
            && tensor.getTensorShape().getDimList().stream()
                .allMatch(size -> size.getSize() >= 0 && size.getSize() <= Integer.MAX_VALUE)
            && tensor.getTensorContent().size() == bytes(shape);
    return packed
        ? Optional.of(
            new NdArray(
                DType.FLOAT32, shape, ByteBuffer.wrap(tensor.getTensorContent().toByteArray())))
        : Optional.empty();
  }

  private static long bytes(List<Integer> shape) {
    try {
      return NdArray.elements(shape) * Float.BYTES;
    } catch (IllegalArgumentException tooLarge) {
      return -1;
    }
  }

  Node input(String... inputs) {
    node.addAllInput(Arrays.asList(inputs));
    return this;
  }

  Node inputs(List<String> inputs) {
    node.addAllInput(inputs);
    return this;
  }

  Node type(String key, DataType type) {
    return attr(key, AttrValue.newBuilder().setType(type));
  }

  Node types(String key, List<DataType> types) {
    return attr(
        key, AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addAllType(types)));
  }

  Node shape(String key, TensorShapeProto shape) {
    return attr(key, AttrValue.newBuilder().setShape(shape));
  }

  Node text(String key, String text) {
    return attr(key, AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)));
  }

  Node attr(String key, AttrValue.Builder value) {
    node.putAttr(key, value.build());
    return this;
  }

  NodeDef build() {
    return node.build();
  }
}
