package org.kerastwin.savedmodel;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kerastwin.runtime.NativeRuntime;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** TensorFlow's definitions of its operations: names of outputs and defaults of attributes. */
final class OpRegistry {
  private final Map<String, OpDef> ops =
      NativeRuntime.ops().getOpList().stream()
          .collect(Collectors.toMap(OpDef::getName, Function.identity()));

  /**
   * The node without a device and without attributes that equal their default, so that older
   * releases of TensorFlow, which lack some attributes, can read it.
   */
  NodeDef portable(NodeDef node) {
    NodeDef.Builder stripped = node.toBuilder().clearDevice();
    for (OpDef.AttrDef attribute : definition(node).getAttrList()) {
      AttrValue value = node.getAttrMap().get(attribute.getName());
      if (attribute.hasDefaultValue() && attribute.getDefaultValue().equals(value)) {
        stripped.removeAttr(attribute.getName());
      }
    }
    return stripped.build();
  }

  /**
   * The name of a node's output in a function, {@code node:argument:index}; in a graph it is {@code
   * node:index}, counted over all outputs.
   */
  String functionOutput(NodeDef node, int output) {
    int index = output;
    for (OpDef.ArgDef argument : definition(node).getOutputArgList()) {
      int length = length(argument, node);
      if (index < length) {
        return node.getName() + ":" + argument.getName() + ":" + index;
      }
      index -= length;
    }
    throw new IllegalArgumentException(
        "the node '%s' has no output %d".formatted(node.getName(), output));
  }

  private static int length(OpDef.ArgDef argument, NodeDef node) {
    if (!argument.getNumberAttr().isEmpty()) {
      return (int) node.getAttrOrThrow(argument.getNumberAttr()).getI();
    }
    if (!argument.getTypeListAttr().isEmpty()) {
      return node.getAttrOrThrow(argument.getTypeListAttr()).getList().getTypeCount();
    }
    return 1;
  }

  private OpDef definition(NodeDef node) {
    OpDef definition = ops.get(node.getOp());
    if (definition == null) {
      throw new IllegalArgumentException(
          "the node '%s' has the unknown operation %s".formatted(node.getName(), node.getOp()));
    }
    return definition;
  }
}
