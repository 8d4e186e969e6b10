package org.kerastwin.graph;

import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;

/**
 * Places a whole graph on one device. Scopes can't do that alone: the ops that {@code
 * Graph.addGradients} adds take no device from any scope.
 */
final class DevicePlacement {
  private DevicePlacement() {}

  /**
   * A copy of the graph in which every op asks for the device; names stay. The caller closes it.
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
