package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import java.util.List;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.ResourceHandleProto;

/**
 * The signature that both functions of a model share: the input, a handle for each weight with the
 * variable's type and shape, and one output.
 */
record FunctionHead(InferenceGraph graph, WeightMap weights) {
  /** A function definition without nodes and results. */
  FunctionDef.Builder define(String name, List<String> handles) {
    OpDef.Builder signature = OpDef.newBuilder().setName(name).setIsStateful(!handles.isEmpty());
    signature.addInputArgBuilder().setName(graph.input().name()).setType(DataType.DT_FLOAT);
    for (int i = 0; i < handles.size(); i++) {
      signature
          .addInputArgBuilder()
          .setName(handles.get(i))
          .setType(DataType.DT_RESOURCE)
          .addHandleData(handleData(graph.weights().get(i)));
    }
    signature.addOutputArgBuilder().setName(graph.output().name()).setType(DataType.DT_FLOAT);
    return FunctionDef.newBuilder().setSignature(signature).putArgAttr(0, inputAttributes());
  }

  private ResourceHandleProto.DtypeAndShape handleData(WeightSlot slot) {
    return ResourceHandleProto.DtypeAndShape.newBuilder()
        .setDtype(DataType.DT_FLOAT)
        .setShape(TensorSpec.shapeProto(weights.get(slot.path()).shape()))
        .build();
  }

  /** Converters that read only the function find the input's shape here. */
  private FunctionDef.ArgAttrs inputAttributes() {
    AttrValue.ListValue shapes =
        AttrValue.ListValue.newBuilder().addShape(graph.input().shapeProto()).build();
    return FunctionDef.ArgAttrs.newBuilder()
        .putAttr("_output_shapes", AttrValue.newBuilder().setList(shapes).build())
        .putAttr(
            "_user_specified_name",
            AttrValue.newBuilder().setS(ByteString.copyFromUtf8(graph.input().name())).build())
        .build();
  }
}
