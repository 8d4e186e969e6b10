package org.kerastwin.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** Converts graphs to functions; the expectations follow TensorFlow's rules for both. */
class FunctionBodyTest {
  private static final TensorSpec INPUT = new TensorSpec("noise", "z", List.of(-1L, 4L));
  private static final TensorSpec OUTPUT = new TensorSpec("images", "halves:1", List.of(-1L, 2L));
  private static final NdArray SCALAR = NdArray.ofFloats(new float[] {2}, List.of());

  private static final GraphDef GRAPH =
      GraphDef.newBuilder()
          .addNode(placeholder("z"))
          .addNode(placeholder("w"))
          .addNode(
              new Node("Mul", "m_kernel")
                  .input("z", "w:0", "^z", "^w")
                  .type("T", DataType.DT_FLOAT)
                  .build())
          .addNode(
              new Node("Unpack", "halves")
                  .input("m_kernel")
                  .type("T", DataType.DT_FLOAT)
                  .attr("num", AttrValue.newBuilder().setI(2))
                  .attr("axis", AttrValue.newBuilder().setI(0))
                  .build())
          .build();

  @Test
  void inputsNameOutputArguments() {
    FunctionDef function = define("M/kernel");
    assertEquals(Map.of("images", "halves:output:1"), function.getRetMap());
    assertEquals(List.of("m_kernel:z:0"), node(function, "halves").getInputList());
  }

  @Test
  void inputAndWeightsAreArguments() {
    OpDef signature = define("1/kernel").getSignature();
    assertEquals(
        List.of("noise", "w_1_kernel"),
        signature.getInputArgList().stream().map(OpDef.ArgDef::getName).toList());
    assertEquals(DataType.DT_RESOURCE, signature.getInputArg(1).getType());
    assertEquals(DataType.DT_FLOAT, signature.getInputArg(1).getHandleData(0).getDtype());
    assertTrue(signature.getIsStateful());
  }

  @Test
  void argumentsAvoidNodeNames() {
    assertEquals("m_kernel_x", define("M/kernel").getSignature().getInputArg(1).getName());
  }

  @Test
  void nodesAvoidTheResultName() {
    TensorSpec output = new TensorSpec("halves", "halves:1", List.of(-1L, 2L));
    InferenceGraph graph =
        new InferenceGraph(GRAPH, INPUT, output, List.of(new WeightSlot("m/k", "w", true)));
    FunctionDef function =
        new FunctionBody(graph, new OpRegistry()).define("f", new WeightMap(Map.of("m/k", SCALAR)));
    assertEquals(Map.of("halves", "halves_node:output:1"), function.getRetMap());
    assertEquals("Unpack", node(function, "halves_node").getOp());
  }

  @Test
  void readsWeightsFromVariables() {
    FunctionDef function = define("M/kernel");
    assertEquals("ReadVariableOp", node(function, "w").getOp());
    assertEquals(List.of("noise", "w:value:0", "^w"), node(function, "m_kernel").getInputList());
  }

  @Test
  void omitsDefaultAttributes() {
    NodeDef halves = node(define("M/kernel"), "halves");
    assertTrue(halves.containsAttr("num"));
    assertTrue(!halves.containsAttr("axis"));
  }

  @Test
  void rejectsMissingOutputs() {
    TensorSpec third = new TensorSpec("images", "halves:2", List.of());
    InferenceGraph graph =
        new InferenceGraph(GRAPH, INPUT, third, List.of(new WeightSlot("m/k", "w", true)));
    WeightMap weights = new WeightMap(Map.of("m/k", SCALAR));
    FunctionBody body = new FunctionBody(graph, new OpRegistry());
    assertThrows(IllegalArgumentException.class, () -> body.define("f", weights));
  }

  @Test
  void namesAllMissingNodes() {
    List<WeightSlot> slots =
        List.of(new WeightSlot("m/a", "a", true), new WeightSlot("m/b", "b", true));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new InferenceGraph(GRAPH, INPUT, OUTPUT, slots))
            .getMessage();
    assertEquals("the graph has no nodes [a, b]", message);
  }

  @Test
  void rejectsLayersNamedLikeCallables() {
    InferenceGraph graph =
        new InferenceGraph(
            GRAPH, INPUT, OUTPUT, List.of(new WeightSlot("m/serve/kernel", "w", true)));
    WeightMap weights = new WeightMap(Map.of("m/serve/kernel", SCALAR));
    assertThrows(IllegalArgumentException.class, () -> ObjectGraph.of(graph, weights, "f", "g"));
  }

  private static FunctionDef define(String path) {
    InferenceGraph graph =
        new InferenceGraph(GRAPH, INPUT, OUTPUT, List.of(new WeightSlot(path, "w", true)));
    return new FunctionBody(graph, new OpRegistry())
        .define("f", new WeightMap(Map.of(path, SCALAR)));
  }

  private static NodeDef node(FunctionDef function, String name) {
    return function.getNodeDefList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static NodeDef placeholder(String name) {
    return new Node("Placeholder", name).type("dtype", DataType.DT_FLOAT).build();
  }
}
