package org.kerastwin.savedmodel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** Calls of a model's function: from the main graph, and from the function of the signature. */
record FunctionCall(InferenceGraph graph, String function) {
  /** A node that calls the function with an input and the handles of variables. */
  NodeDef node(String name, String input, List<String> handles) {
    List<DataType> types = new ArrayList<>(List.of(DataType.DT_FLOAT));
    types.addAll(Collections.nCopies(handles.size(), DataType.DT_RESOURCE));
    return new Node("StatefulPartitionedCall", name)
        .inputs(Stream.concat(Stream.of(input), handles.stream()).toList())
        .types("Tin", types)
        .types("Tout", List.of(DataType.DT_FLOAT))
        .attr("f", AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)))
        .attr("_read_only_resource_inputs", positions(handles.size()))
        .build();
  }

  /**
   * A function that only calls this one. A signature needs a function of its own, which takes
   * keyword arguments and returns a dictionary.
   */
  FunctionDef wrapper(String name, WeightMap weights) {
    List<String> handles =
        LongStream.range(0, graph.weights().size()).mapToObj(i -> "handle_" + i).toList();
    return new FunctionHead(graph, weights)
        .define(name, handles)
        .addNodeDef(node("StatefulPartitionedCall", graph.input().name(), handles))
        .addNodeDef(
            new Node("Identity", "Identity")
                .input("StatefulPartitionedCall:output:0")
                .type("T", DataType.DT_FLOAT)
                .build())
        .putRet(graph.output().name(), "Identity:output:0")
        .build();
  }

  /** Tells the runtime that the call only reads the variables, so that calls may overlap. */
  private static AttrValue.Builder positions(int handles) {
    AttrValue.ListValue.Builder positions = AttrValue.ListValue.newBuilder();
    LongStream.rangeClosed(1, handles).forEach(positions::addI);
    return AttrValue.newBuilder().setList(positions);
  }
}
