package org.kerastwin.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.proto.NodeDef;

/**
 * Counts the multiply-adds of all convolutions and matrix products that given ops need, forward and
 * backward. Taps on padding count too.
 */
public final class MultiplyAdds {
  private final Graph graph;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  private MultiplyAdds(Graph graph) {
    this.graph = graph;
    graph.toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /**
   * Counts.
   *
   * @param targets the ops that are run or fetched; an unknown batch counts as one sample
   */
  public static long of(Graph graph, Collection<? extends Op> targets) {
    MultiplyAdds count = new MultiplyAdds(graph);
    return count.needed(targets).stream().mapToLong(count::ofNode).sum();
  }

  private Set<String> needed(Collection<? extends Op> targets) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    targets.forEach(target -> open.push(target.op().name()));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (found.add(name)) {
        NodeDef node = nodes.get(name);
        for (int i = 0; i < node.getInputCount(); i++) {
          open.push(producer(node.getInput(i)));
        }
      }
    }
    return found;
  }

  private static String producer(String input) {
    return input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "");
  }

  private long ofNode(String name) {
    NodeDef node = nodes.get(name);
    return switch (node.getOp()) {
      case "Conv2D" -> convolution(output(name, 0), input(node, 1));
      case "Conv2DBackpropInput" -> convolution(input(node, 2), input(node, 1));
      case "Conv2DBackpropFilter" -> convolution(input(node, 2), output(name, 0));
      case "MatMul" -> product(node, output(name, 0), input(node, 0));
      default -> 0;
    };
  }

  /** The kernel is applied at each position of the convolution's result. */
  private static long convolution(Shape result, Shape kernel) {
    return elements(result) / result.get(3) * elements(kernel);
  }

  private static long product(NodeDef node, Shape result, Shape first) {
    boolean transposed = node.getAttrOrThrow("transpose_a").getB();
    return elements(result) * Math.max(1, first.get(transposed ? 0 : 1));
  }

  private static long elements(Shape shape) {
    long product = 1;
    for (long size : shape.asArray()) {
      product *= size == Shape.UNKNOWN_SIZE ? 1 : size;
    }
    return product;
  }

  private Shape input(NodeDef node, int index) {
    String input = node.getInput(index);
    int colon = input.indexOf(':');
    return output(producer(input), colon < 0 ? 0 : Integer.parseInt(input.substring(colon + 1)));
  }

  private Shape output(String name, int index) {
    return graph.operation(name).output(index).shape();
  }
}
