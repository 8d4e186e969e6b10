package org.kerastwin.weights;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;

class WeightMapTest {
  private static final NdArray VECTOR = NdArray.ofFloats(new float[] {1, 2}, List.of(2));
  private static final NdArray ROW = NdArray.ofFloats(new float[] {1, 2}, List.of(1, 2));
  private static final NdArray INTEGERS = NdArray.ofLongs(new long[] {1, 2}, List.of(2));

  private static WeightMap of(String... paths) {
    Map<String, NdArray> tensors = new LinkedHashMap<>();
    for (String path : paths) {
      tensors.put(path, VECTOR);
    }
    return new WeightMap(tensors);
  }

  @Test
  void orderIsKept() {
    assertEquals(List.of("z", "a", "m"), List.copyOf(of("z", "a", "m").paths()));
    assertEquals(List.of("z", "a", "b"), List.copyOf(of("z", "a").and(of("b")).paths()));
    assertEquals(List.of("g/z", "g/a"), List.copyOf(of("g/z", "d/x", "g/a").under("g/").paths()));
  }

  @Test
  void laterChangesOfTheGivenMapDoNotShow() {
    Map<String, NdArray> tensors = new LinkedHashMap<>(Map.of("a", VECTOR));
    WeightMap weights = new WeightMap(tensors);
    tensors.clear();
    assertEquals(VECTOR, weights.get("a"));
    assertThrows(UnsupportedOperationException.class, () -> weights.tensors().clear());
  }

  @Test
  void anUnknownPathIsNamed() {
    assertEquals(
        "no weight has the path 'b'",
        assertThrows(IllegalArgumentException.class, () -> of("a").get("b")).getMessage());
  }

  @Test
  void likeMeansPathsTypesAndShapesInAnyOrder() {
    assertDoesNotThrow(() -> of("a", "b").requireLike(of("b", "a"), "file"));
    assertTrue(of("a", "b").isLike(of("b", "a")));
    assertFalse(of("a", "b").isLike(of("a")));
    assertFalse(of("a").isLike(new WeightMap(Map.of("a", ROW))));
    assertFalse(of("a").isLike(new WeightMap(Map.of("a", INTEGERS))));
  }

  @Test
  void allMissingAndExtraPathsAreNamedAtOnce() {
    assertEquals(
        "weights 'w.npz': expected the variables of the model, received missing [b, c], extra [x,"
            + " y]. Is it a file of another variant?",
        refusal(of("y", "a", "x"), of("c", "b", "a")));
  }

  @Test
  void aShapeOrTypeThatDiffersIsNamed() {
    assertEquals(
        "weights 'w.npz' at 'a': expected FLOAT32 [1, 2], received FLOAT32 [2].",
        refusal(of("a"), new WeightMap(Map.of("a", ROW))));
    assertEquals(
        "weights 'w.npz' at 'a': expected INT64 [2], received FLOAT32 [2].",
        refusal(of("a"), new WeightMap(Map.of("a", INTEGERS))));
  }

  private static String refusal(WeightMap found, WeightMap expected) {
    return assertThrows(EnvironmentException.class, () -> found.requireLike(expected, "w.npz"))
        .getMessage();
  }
}
