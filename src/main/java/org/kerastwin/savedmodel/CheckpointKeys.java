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
  /** The key of the object graph, by which Python finds the variables. */
  static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  /** The attribute that holds a variable's value. */
  static final String VALUE = "VARIABLE_VALUE";

  private CheckpointKeys() {}

  /** The key of the variable with a path. */
  static String of(String path) {
    return path + "/.ATTRIBUTES/" + VALUE;
  }

  /**
   * The keys of variables by name; the first one if two have the same name, as in Keras's copies.
   *
   * @param objectGraph the checkpoint's entry {@link #OBJECT_GRAPH}
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
   * The two constants that SaveV2 and RestoreV2 take: keys, and slices, where an empty slice means
   * the whole tensor.
   *
   * @param scope prefix of the constants' names
   */
  static List<NodeDef> constants(String scope, List<String> keys) {
    TensorShapeProto shape = TensorSpec.shapeProto(List.of(keys.size()));
    List<ByteString> names = keys.stream().map(ByteString::copyFromUtf8).toList();
    List<ByteString> slices = Collections.nCopies(keys.size(), ByteString.EMPTY);
    return List.of(
        Node.strings(scope + "keys", shape, names), Node.strings(scope + "slices", shape, slices));
  }
}
