package org.kerastwin.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.TensorType;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Tests variables with unique names, and sessions that read and set them. */
class GraphSessionTest {
  private static final SessionOptions OPTIONS = SessionOptions.exact(Device.CPU);

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variables variables = new Variables(tf);

  @AfterEach
  void close() {
    graph.close();
  }

  private Variable<TFloat32> create(String path, float first, float second) {
    return variables.create(path, Shape.of(2), tf.constant(new float[] {first, second}));
  }

  private static NdArray floats(float... values) {
    return NdArray.ofFloats(values, List.of(values.length));
  }

  @Test
  void rejectsDuplicatePaths() {
    create("m/kernel", 1, 2);
    String message =
        assertThrows(IllegalArgumentException.class, () -> create("m/kernel", 3, 4)).getMessage();
    assertEquals("a variable 'm/kernel' exists already", message);
    assertEquals(1, variables.all().size());
  }

  /** Closing the graph would wait forever for an open session, so this test would never end. */
  @Test
  void closesSessionsThatFailToStart() {
    create("a/w", 1, 2);
    WeightMap unknown = new WeightMap(Map.of("b/w", floats(5, 6)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            GraphSession.prepared(graph, variables, OPTIONS, session -> session.restore(unknown)));
    graph.close();
  }

  @Test
  void variablesOfOneShapeAreSeparate() {
    create("a/w", 1, 2);
    create("b/w", 3, 4);
    try (GraphSession session = new GraphSession(graph, variables, OPTIONS)) {
      session.initialize();
      session.restore(new WeightMap(Map.of("a/w", floats(5, 6))));
      WeightMap weights = session.weights();
      assertEquals(List.of("a/w", "b/w"), List.copyOf(weights.paths()));
      assertArrayEquals(new float[] {5, 6}, weights.get("a/w").floats());
      assertArrayEquals(new float[] {3, 4}, weights.get("b/w").floats());
    }
  }

  @Test
  void sessionsDoNotShareVariables() {
    create("w", 1, 2);
    try (GraphSession one = new GraphSession(graph, variables, OPTIONS);
        GraphSession other = new GraphSession(graph, variables, OPTIONS)) {
      one.initialize();
      other.initialize();
      one.restore(new WeightMap(Map.of("w", floats(5, 6))));
      assertArrayEquals(new float[] {1, 2}, other.weights().get("w").floats());
    }
  }

  @Test
  void readsWeightsBitForBitInOrder() {
    create("z/w", 1, 2);
    variables.create("count", TInt64.class, Shape.scalar(), tf.constant(0L));
    create("a/w", 3, 4);
    WeightMap odd =
        new WeightMap(
            Map.of(
                "z/w", floats(Float.intBitsToFloat(0x7fc12345), -0.0f),
                "count", NdArray.ofLongs(new long[] {(1L << 53) + 1}, List.of()),
                "a/w", floats(Float.MIN_VALUE, Float.NEGATIVE_INFINITY)));
    try (GraphSession session = new GraphSession(graph, variables, OPTIONS)) {
      session.initialize();
      assertNotEquals(odd.tensors(), session.weights().tensors());
      session.restore(odd);
      assertEquals(odd.tensors(), session.weights().tensors());
      assertEquals(List.of("z/w", "count", "a/w"), List.copyOf(session.weights().paths()));
      assertEquals(List.of("a/w"), List.copyOf(session.weights(List.of("a/w")).paths()));
    }
  }

  @Test
  void fetchedWeightsAreCopies() {
    create("w", 1, 2);
    try (GraphSession session = new GraphSession(graph, variables, OPTIONS)) {
      session.initialize();
      WeightMap before = session.weights();
      session.restore(new WeightMap(Map.of("w", floats(5, 6))));
      assertArrayEquals(new float[] {1, 2}, before.get("w").floats());
    }
  }

  @Test
  void rejectsUnknownPathsWithoutChange() {
    create("w", 1, 2);
    try (GraphSession session = new GraphSession(graph, variables, OPTIONS)) {
      session.initialize();
      WeightMap strange = new WeightMap(Map.of("w", floats(5, 6), "v", floats(7, 8)));
      String message =
          assertThrows(IllegalArgumentException.class, () -> session.restore(strange)).getMessage();
      assertEquals("no variable has the path 'v'", message);
      assertArrayEquals(new float[] {1, 2}, session.weights().get("w").floats());
    }
    assertThrows(IllegalArgumentException.class, () -> variables.get("v"));
  }

  @Test
  void givesTypesOfAllVariables() {
    create("w", 1, 2);
    variables.create("count", TInt64.class, Shape.scalar(), tf.constant(5L));
    Map<String, TensorType> types = variables.types().types();
    assertEquals(List.of("w", "count"), List.copyOf(types.keySet()));
    assertEquals("FLOAT32 [2]", types.get("w").toString());
    assertEquals("INT64 []", types.get("count").toString());
  }
}
