package org.kerastwin.parity.compare;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;

class TensorComparisonTest {
  private static final TensorKey KEY = new TensorKey(Stage.RESUME, "picture");

  @Test
  void otherSizesAreDifferences() {
    NdArray two = NdArray.ofFloats(new float[] {1, 2}, List.of(2));
    assertDifferent(two, new float[] {1, 2, 3}, "expected 3 elements");
    assertDifferent(two, new float[] {1}, "expected 1 elements");
  }

  @Test
  void missingTensorsAreDifferences() {
    assertDifferent(null, new float[] {1}, "received null");
  }

  private static void assertDifferent(NdArray ours, float[] expected, String words) {
    TensorComparison comparison = TensorComparison.between("transposed", KEY, ours, expected);
    assertFalse(comparison.isSame());
    assertTrue(comparison.partOfTolerance() > 1);
    assertTrue(comparison.describe().contains(words), comparison::describe);
  }
}
