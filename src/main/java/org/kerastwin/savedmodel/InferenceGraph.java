package org.kerastwin.savedmodel;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The forward computation of a network in a graph of its own, with a placeholder for the input and
 * one for each weight. Nodes that the output does not need are not exported.
 *
 * @param graph the computation
 * @param input the input; its tensor is a placeholder
 * @param output the output
 * @param weights the placeholders of the weights, in the order of the variables
 */
public record InferenceGraph(
    GraphDef graph, TensorSpec input, TensorSpec output, List<WeightSlot> weights) {
  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a node is missing, a path occurs twice or an input or
   *     output has an invalid name
   */
  public InferenceGraph {
    weights = List.copyOf(weights);
    Set<String> nodes =
        graph.getNodeList().stream().map(NodeDef::getName).collect(Collectors.toSet());
    Stream<String> named = weights.stream().map(WeightSlot::placeholder);
    List<String> missing =
        Stream.concat(Stream.of(input.node(), output.node()), named)
            .filter(node -> !nodes.contains(node))
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("the graph has no nodes " + missing);
    }
    Set<String> paths = new HashSet<>();
    for (WeightSlot slot : weights) {
      if (!paths.add(slot.path())) {
        throw new IllegalArgumentException("two weights have the path '" + slot.path() + "'");
      }
    }
    for (TensorSpec endpoint : List.of(input, output)) {
      if (!endpoint.hasArgumentName()) {
        throw new IllegalArgumentException(
            "'" + endpoint.name() + "' can't be the name of an input or output");
      }
    }
  }

  /** The same computation with the weights as constants, without variables. */
  public InferenceGraph frozen(WeightMap values) {
    Map<String, String> paths =
        weights.stream().collect(Collectors.toMap(WeightSlot::placeholder, WeightSlot::path));
    GraphDef.Builder constants = graph.toBuilder();
    for (NodeDef.Builder node : constants.getNodeBuilderList()) {
      String path = paths.get(node.getName());
      if (path != null) {
        NodeDef constant = Node.floats(node.getName(), values.get(path));
        node.clear().mergeFrom(constant);
      }
    }
    return new InferenceGraph(constants.build(), input, output, List.of());
  }

  /** The weights that the graph needs, in its order. */
  WeightMap values(WeightMap weights) {
    Map<String, NdArray> values = new LinkedHashMap<>();
    this.weights.forEach(slot -> values.put(slot.path(), weights.get(slot.path())));
    return new WeightMap(values);
  }
}
