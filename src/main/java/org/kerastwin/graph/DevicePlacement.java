package org.kerastwin.graph;

import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;

/**
 * Places a whole graph on one device. Scopes can't do this: the ops of {@code Graph.addGradients}
 * ignore their device.
 */
final class DevicePlacement {
  private DevicePlacement() {}

  /**
   * A copy of the graph in which every op requests the device; names stay the same. The caller
   * closes it.
   */
  static Graph of(Graph graph, Device device) {
    GraphDef.Builder nodes = graph.toGraphDef().toBuilder();
    String name = device.spec().toString();
    nodes.getNodeBuilderList().forEach(node -> node.setDevice(name));
    Graph placed = NativeRuntime.graph();
    try {
      placed.importGraphDef(nodes.build());
      return placed;
    } catch (RuntimeException | Error failure) {
      placed.close();
      throw failure;
    }
  }
}
