package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;

/** Names inside a TensorFlow 2 checkpoint. */
final class CheckpointKeys {
  /** The entry that holds the graph of objects, by which Python finds the others. */
  static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  /** The name of a variable's value among its attributes. */
  static final String VALUE = "VARIABLE_VALUE";

  private CheckpointKeys() {}

  /** The key of the variable with that path. */
  static String of(String path) {
    return path + "/.ATTRIBUTES/" + VALUE;
  }

  /**
   * The key of each variable by its name; of two with one name (Keras writes copies), the first.
   *
   * @param objectGraph what a checkpoint holds as {@link #OBJECT_GRAPH}
   * @throws InvalidProtocolBufferException if it is damaged
   */
  static Map<String, String> byName(byte[] objectGraph) throws InvalidProtocolBufferException {
    Map<String, String> keys = new HashMap<>();
    for (TrackableObject object : TrackableObjectGraph.parseFrom(objectGraph).getNodesList()) {
      object.getAttributesList().stream()
          .filter(attribute -> attribute.getName().equals(VALUE))
          .forEach(value -> keys.putIfAbsent(value.getFullName(), value.getCheckpointKey()));
    }
    return keys;
  }

  /**
   * The two constants that SaveV2 and RestoreV2 take: keys, and slices, of which an empty one means
   * the whole tensor.
   *
   * @param scope what the names of the constants begin with
   */
  static List<NodeDef> constants(String scope, List<String> keys) {
    TensorShapeProto shape = TensorSpec.shapeProto(List.of(keys.size()));
    List<ByteString> names = keys.stream().map(ByteString::copyFromUtf8).toList();
    List<ByteString> slices = Collections.nCopies(keys.size(), ByteString.EMPTY);
    return List.of(
        Node.strings(scope + "keys", shape, names), Node.strings(scope + "slices", shape, slices));
  }
}
