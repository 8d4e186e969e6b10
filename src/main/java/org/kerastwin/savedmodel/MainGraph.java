package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The graph that session loaders run (TensorFlow-Java, C, TensorFlow 1): the variables, a call of
 * the signature's function, and a saver that restores the variables from the checkpoint. TensorFlow
 * 2's Python mostly reads the functions instead.
 */
final class MainGraph {
  private static final String CALL = "StatefulPartitionedCall";
  private static final String FILENAME = "saver_filename";
  private static final String SAVE_PATH = "saver/save_path";
  private static final String RESTORE_ALL = "saver/restore_all";

  private final InferenceGraph graph;
  private final WeightMap weights;
  private final List<String> paths;
  private final GraphDef.Builder nodes = GraphDef.newBuilder();

  MainGraph(InferenceGraph graph, WeightMap weights) {
    this.graph = graph;
    this.weights = weights;
    paths = graph.weights().stream().map(WeightSlot::path).toList();
  }

  /** The signature whose tensors are in this graph. */
  Signature signature() {
    return new Signature(graph.input().from(inputNode() + ":0"), graph.output().from(CALL + ":0"));
  }

  /** Tells session loaders where the saver is; they require it. */
  SaverDef saver() {
    return SaverDef.newBuilder()
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .setFilenameTensorName(FILENAME + ":0")
        .setSaveTensorName(SAVE_PATH + ":0")
        .setRestoreOpName(RESTORE_ALL)
        .build();
  }

  /**
   * The graph, without the functions.
   *
   * @param function the function of the signature
   * @param objectGraph the object graph of the checkpoint, so that the saver can save a complete
   *     one
   */
  GraphDef define(String function, ByteString objectGraph) {
    nodes.clear();
    nodes.addNode(
        new Node("Placeholder", inputNode())
            .type("dtype", DataType.DT_FLOAT)
            .shape("shape", graph.input().shapeProto())
            .build());
    paths.forEach(this::addVariable);
    nodes.addNode(new FunctionCall(graph, function).node(CALL, inputNode(), paths));
    addSaver(objectGraph);
    nodes.getVersionsBuilder().setProducer(graph.graph().getVersions().getProducer());
    return nodes.build();
  }

  private String inputNode() {
    return "serving_default_" + graph.input().name();
  }

  /** Variables need a shared name; without it, all variables of a session are the same one. */
  private void addVariable(String path) {
    nodes.addNode(
        new Node("VarHandleOp", path)
            .text("shared_name", path)
            .type("dtype", DataType.DT_FLOAT)
            .shape("shape", TensorSpec.shapeProto(weights.get(path).shape()))
            .build());
    nodes.addNode(
        new Node("ReadVariableOp", read(path))
            .input(path)
            .type("dtype", DataType.DT_FLOAT)
            .build());
  }

  private void addSaver(ByteString objectGraph) {
    nodes.addNode(
        new Node("Placeholder", FILENAME)
            .type("dtype", DataType.DT_STRING)
            .shape("shape", TensorShapeProto.getDefaultInstance())
            .build());
    List<String> saved = Stream.concat(keys(), Stream.of(CheckpointKeys.OBJECT_GRAPH)).toList();
    nodes.addAllNode(CheckpointKeys.constants("saver/save/", saved));
    nodes.addNode(
        Node.strings(
            "saver/object_graph", TensorShapeProto.getDefaultInstance(), List.of(objectGraph)));
    List<DataType> types = new ArrayList<>(floats());
    types.add(DataType.DT_STRING);
    nodes.addNode(
        new Node("SaveV2", "saver/save")
            .input(FILENAME, "saver/save/keys", "saver/save/slices")
            .inputs(paths.stream().map(MainGraph::read).toList())
            .input("saver/object_graph")
            .types("dtypes", types)
            .build());
    nodes.addNode(
        new Node("Identity", SAVE_PATH)
            .input(FILENAME, "^saver/save")
            .type("T", DataType.DT_STRING)
            .build());
    addRestore();
  }

  private void addRestore() {
    if (!paths.isEmpty()) {
      nodes.addAllNode(CheckpointKeys.constants("saver/restore/", keys().toList()));
      nodes.addNode(
          new Node("RestoreV2", "saver/restore")
              .input(FILENAME, "saver/restore/keys", "saver/restore/slices")
              .types("dtypes", floats())
              .build());
    }
    for (int i = 0; i < paths.size(); i++) {
      nodes.addNode(
          new Node("AssignVariableOp", assign(paths.get(i)))
              .input(paths.get(i), "saver/restore:" + i)
              .type("dtype", DataType.DT_FLOAT)
              .build());
    }
    nodes.addNode(
        new Node("NoOp", RESTORE_ALL)
            .inputs(paths.stream().map(path -> "^" + assign(path)).toList())
            .build());
  }

  private Stream<String> keys() {
    return paths.stream().map(CheckpointKeys::of);
  }

  private List<DataType> floats() {
    return Collections.nCopies(paths.size(), DataType.DT_FLOAT);
  }

  private static String read(String path) {
    return path + "/Read/ReadVariableOp";
  }

  private static String assign(String path) {
    return "saver/assign/" + path;
  }
}
