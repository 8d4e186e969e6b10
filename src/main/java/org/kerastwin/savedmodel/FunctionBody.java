package org.kerastwin.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/**
 * Turns an inference graph into a function: the input becomes an argument, the placeholder of each
 * weight becomes a read of a variable whose handle is an argument too, and {@code node:index}
 * becomes {@code node:argument:index}.
 */
final class FunctionBody {
  private final InferenceGraph graph;
  private final OpRegistry ops;
  private final Map<String, NodeDef> nodes;
  private final Map<String, String> handles;

  FunctionBody(InferenceGraph graph, OpRegistry ops) {
    this.graph = graph;
    this.ops = ops;
    nodes =
        graph.graph().getNodeList().stream()
            .collect(Collectors.toMap(NodeDef::getName, node -> node));
    handles = handleArguments();
  }

  /** Defines the function; its arguments are the input and then the weights, in order. */
  FunctionDef define(String name, WeightMap weights) {
    FunctionDef.Builder function =
        new FunctionHead(graph, weights).define(name, List.copyOf(handles.values()));
    Set<String> needed = neededNodes();
    for (NodeDef node : graph.graph().getNodeList()) {
      if (needed.contains(node.getName()) && !node.getName().equals(graph.input().node())) {
        function.addNodeDef(rewrite(node));
      }
    }
    return function
        .putRet(graph.output().name(), data(graph.output().node(), graph.output().index()))
        .build();
  }

  private NodeDef rewrite(NodeDef node) {
    String handle = handles.get(node.getName());
    if (handle != null) {
      return new Node("ReadVariableOp", name(node.getName()))
          .input(handle)
          .type("dtype", DataType.DT_FLOAT)
          .build();
    }
    NodeDef.Builder rewritten = ops.portable(node).toBuilder().clearInput();
    rewritten.setName(name(node.getName()));
    for (String input : node.getInputList()) {
      if (!isControl(input)) {
        rewritten.addInput(data(nodeOf(input), indexOf(input)));
      } else if (!nodeOf(input).equals(graph.input().node())) {
        rewritten.addInput("^" + name(nodeOf(input)));
      }
    }
    return rewritten.build();
  }

  private String data(String node, int index) {
    if (node.equals(graph.input().node())) {
      return graph.input().name();
    }
    return handles.containsKey(node)
        ? name(node) + ":value:0"
        : ops.functionOutput(nodes.get(node).toBuilder().setName(name(node)).build(), index);
  }

  /**
   * A node's name in the function, changed where an argument or the result has the same name.
   * OpenVINO hangs on a function whose result is named like one of its nodes.
   */
  private String name(String node) {
    String free = node;
    while (free.equals(graph.input().name())
        || free.equals(graph.output().name())
        || (!free.equals(node) && nodes.containsKey(free))) {
      free += "_node";
    }
    return free;
  }

  /** Arguments share a namespace with the nodes and may not contain slashes or capitals. */
  private Map<String, String> handleArguments() {
    Set<String> taken = new HashSet<>(nodes.keySet());
    taken.add(graph.input().name());
    Map<String, String> arguments = new LinkedHashMap<>();
    for (WeightSlot slot : graph.weights()) {
      String plain = slot.path().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
      String argument = plain.matches("[a-z].*") ? plain : "w_" + plain;
      while (!taken.add(argument)) {
        argument += "_x";
      }
      arguments.put(slot.placeholder(), argument);
    }
    return arguments;
  }

  private Set<String> neededNodes() {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(graph.output().node()));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (needed.add(name)) {
        nodes.get(name).getInputList().forEach(input -> open.push(nodeOf(input)));
      }
    }
    return needed;
  }

  private static boolean isControl(String input) {
    return input.startsWith("^");
  }

  private static String nodeOf(String input) {
    int colon = input.indexOf(':');
    return input.substring(isControl(input) ? 1 : 0, colon < 0 ? input.length() : colon);
  }

  private static int indexOf(String input) {
    int colon = input.indexOf(':');
    return colon < 0 ? 0 : Integer.parseInt(input.substring(colon + 1));
  }
}
