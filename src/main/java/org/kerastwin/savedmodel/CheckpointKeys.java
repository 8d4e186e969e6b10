package org.kerastwin.savedmodel;

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
}
