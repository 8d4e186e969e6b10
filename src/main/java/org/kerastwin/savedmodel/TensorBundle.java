package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.types.TString;

/**
 * Reads and writes the variables of a SavedModel in TensorFlow 2's checkpoint format, with
 * TensorFlow's own operations in a small graph. The checkpoint carries an object graph, which says
 * which key holds which variable.
 */
final class TensorBundle {
  /** Checkpoints are read and written on the CPU, without occupying GPU memory. */
  private static final ConfigProto ON_HOST =
      ConfigProto.newBuilder().putDeviceCount("GPU", 0).build();

  private static final TensorShapeProto SCALAR = TensorShapeProto.getDefaultInstance();
  private static final String PREFIX = "prefix";
  private static final String SAVE = "save";
  private static final String RESTORE = "restore";

  private final String prefix;

  /** The checkpoint whose files have this prefix. */
  TensorBundle(Path prefix) {
    this.prefix = prefix.toAbsolutePath().toString();
  }

  /** The object graph of the checkpoint for the objects of a model. */
  static ByteString objectGraph(SavedObjectGraph model) {
    TrackableObjectGraph.Builder graph = TrackableObjectGraph.newBuilder();
    for (SavedObject object : model.getNodesList()) {
      TrackableObject.Builder node = graph.addNodesBuilder();
      node.addAllChildren(object.getChildrenList());
      if (object.hasVariable()) {
        String path = object.getVariable().getName();
        node.addAttributesBuilder()
            .setName(CheckpointKeys.VALUE)
            .setFullName(path)
            .setCheckpointKey(CheckpointKeys.of(path));
      }
    }
    return graph.build().toByteString();
  }

  /** Writes the tensors and the object graph. */
  void write(WeightMap weights, ByteString objectGraph) {
    List<String> keys = new ArrayList<>();
    List<NodeDef> tensors = new ArrayList<>();
    // Constants would be copied several times on their way into the session.
    Map<String, NdArray> fed = new LinkedHashMap<>();
    for (Map.Entry<String, NdArray> weight : weights.tensors().entrySet()) {
      String name = "tensor_" + tensors.size();
      keys.add(CheckpointKeys.of(weight.getKey()));
      tensors.add(new Node("Placeholder", name).type("dtype", DataType.DT_FLOAT).build());
      fed.put(name, weight.getValue());
    }
    keys.add(CheckpointKeys.OBJECT_GRAPH);
    tensors.add(Node.strings("object_graph", SCALAR, List.of(objectGraph)));
    NodeDef save =
        new Node("SaveV2", SAVE)
            .input(PREFIX, "keys", "slices")
            .inputs(tensors.stream().map(NodeDef::getName).toList())
            .types("dtypes", tensors.stream().map(TensorBundle::type).toList())
            .build();
    try (Graph saving = imported(keys(keys).addAllNode(tensors).addNode(save).build());
        Session session = new Session(saving, ON_HOST)) {
      GraphRun run = new GraphRun(session.runner()).addTarget(SAVE);
      fed.forEach(run::feed);
      run.run().close();
    }
  }

  /**
   * Reads float32 variables.
   *
   * @param names names of variables in the model's objects; variables that the checkpoint lacks are
   *     omitted
   * @throws InvalidProtocolBufferException if the object graph is damaged
   */
  WeightMap read(Set<String> names) throws InvalidProtocolBufferException {
    Map<String, String> keys = variableKeys();
    List<String> present = names.stream().filter(keys::containsKey).toList();
    Map<String, NdArray> weights = new LinkedHashMap<>();
    if (!present.isEmpty()) {
      List<DataType> types = Collections.nCopies(present.size(), DataType.DT_FLOAT);
      try (Graph graph = imported(restore(present.stream().map(keys::get).toList(), types));
          Session session = new Session(graph, ON_HOST)) {
        Session.Runner runner = session.runner();
        IntStream.range(0, present.size()).forEach(output -> runner.fetch(RESTORE, output));
        try (Result restored = runner.run()) {
          for (int i = 0; i < present.size(); i++) {
            weights.put(present.get(i), Tensors.toNdArray(restored.get(i)));
          }
        }
      }
    }
    return new WeightMap(weights);
  }

  private Map<String, String> variableKeys() throws InvalidProtocolBufferException {
    GraphDef graph = restore(List.of(CheckpointKeys.OBJECT_GRAPH), List.of(DataType.DT_STRING));
    try (Graph restoring = imported(graph);
        Session session = new Session(restoring, ON_HOST);
        Result restored = session.runner().fetch(RESTORE, 0).run()) {
      byte[] objects = ((TString) restored.get(0)).asBytes().getObject();
      return CheckpointKeys.byName(objects);
    }
  }

  private GraphDef restore(List<String> keys, List<DataType> types) {
    return keys(keys)
        .addNode(
            new Node("RestoreV2", RESTORE)
                .input(PREFIX, "keys", "slices")
                .types("dtypes", types)
                .build())
        .build();
  }

  /** The inputs that SaveV2 and RestoreV2 share. */
  private GraphDef.Builder keys(List<String> keys) {
    return GraphDef.newBuilder()
        .addNode(Node.strings(PREFIX, SCALAR, List.of(ByteString.copyFromUtf8(prefix))))
        .addAllNode(CheckpointKeys.constants("", keys));
  }

  private static DataType type(NodeDef node) {
    return node.getAttrOrThrow("dtype").getType();
  }

  private static Graph imported(GraphDef definition) {
    Graph graph = NativeRuntime.graph();
    try {
      graph.importGraphDef(definition);
      return graph;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }
}
