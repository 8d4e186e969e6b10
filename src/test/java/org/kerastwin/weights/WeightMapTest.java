package org.kerastwin.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;

class WeightMapTest {
  private static final NdArray VECTOR = NdArray.ofFloats(new float[] {1, 2}, List.of(2));

  private static WeightMap of(String... paths) {
    Map<String, NdArray> tensors = new LinkedHashMap<>();
    for (String path : paths) {
      tensors.put(path, VECTOR);
    }
    return new WeightMap(tensors);
  }

  @Test
  void keepsTheOrder() {
    assertEquals(List.of("z", "a", "m"), List.copyOf(of("z", "a", "m").paths()));
    assertEquals(List.of("z", "a", "b"), List.copyOf(of("z", "a").and(of("b")).paths()));
    assertEquals(List.of("g/z", "g/a"), List.copyOf(of("g/z", "d/x", "g/a").under("g/").paths()));
  }

  @Test
  void copiesTheGivenMap() {
    Map<String, NdArray> tensors = new LinkedHashMap<>(Map.of("a", VECTOR));
    WeightMap weights = new WeightMap(tensors);
    tensors.clear();
    assertEquals(VECTOR, weights.get("a"));
    assertThrows(UnsupportedOperationException.class, () -> weights.tensors().clear());
  }

  @Test
  void namesUnknownPaths() {
    assertEquals(
        "no weight has the path 'b'",
        assertThrows(IllegalArgumentException.class, () -> of("a").get("b")).getMessage());
  }
}
