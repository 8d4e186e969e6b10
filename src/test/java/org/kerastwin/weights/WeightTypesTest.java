package org.kerastwin.weights;

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

class WeightTypesTest {
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

  private static WeightMap a(NdArray tensor) {
    return new WeightMap(Map.of("a", tensor));
  }

  @Test
  void acceptsAnyOrder() {
    WeightTypes types = WeightTypes.of(of("b", "a"));
    types.require(of("a", "b"), "file");
    assertTrue(types.areOf(of("a", "b")));
    assertFalse(types.areOf(of("a")));
    assertFalse(WeightTypes.of(of("a")).areOf(a(ROW)));
    assertFalse(WeightTypes.of(of("a")).areOf(a(INTEGERS)));
  }

  @Test
  void namesAllMissingAndExtraPaths() {
    assertEquals(
        "weights 'w.npz': expected the variables of the model, received missing [b, c], extra [x,"
            + " y]. It may be a file of another variant.",
        refusal(of("y", "a", "x"), of("c", "b", "a")));
  }

  /** A model has few paths, but a file may have any number. */
  @Test
  void namesTheFirstOfManyExtraPaths() {
    String message = refusal(of("a", "1", "2", "3", "4", "5", "6", "7"), of("a"));
    assertTrue(message.contains("extra [1, 2, 3, 4, 5] and 2 others"), message);
  }

  @Test
  void namesDifferentShapesAndTypes() {
    assertEquals(
        "weights 'w.npz[a]': expected FLOAT32 [1, 2], received FLOAT32 [2].",
        refusal(of("a"), a(ROW)));
    assertEquals(
        "weights 'w.npz[a]': expected INT64 [2], received FLOAT32 [2].",
        refusal(of("a"), a(INTEGERS)));
  }

  private static String refusal(WeightMap found, WeightMap expected) {
    return assertThrows(
            EnvironmentException.class, () -> WeightTypes.of(expected).require(found, "w.npz"))
        .getMessage();
  }
}
