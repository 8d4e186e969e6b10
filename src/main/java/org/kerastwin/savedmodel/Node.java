package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
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
